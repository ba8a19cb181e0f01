import { AppFlowCheck, AppFlowValidationPlugin } from 'appflow-constructs';
import { App, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { CloudFormationValidator } from './cloudformation-validator';
import { SILENT_MISTAKES } from './silent-mistakes';
import { validationReport } from './validation-report';

describe.each(SILENT_MISTAKES)('%s', (_, path, resource) => {
  const at = expect.stringMatching(new RegExp(`^Properties\\.${path.replaceAll('.', '\\.')}`));

  test('is no error to CDK\'s validation', () => {
    expect(errorsOfCdk(resource)).toEqual([]);
  });

  test('is found in the template', () => {
    expect(AppFlowCheck.document({ Resources: { Mistake: resource } }))
      .toContainEqual(expect.objectContaining({ resource: 'Mistake', path: at }));
  });

  test('is in CDK\'s report', () => {
    const app = new App();
    const { Type: type, Properties: properties } = resource;
    new CfnResource(new Stack(app, 'Stack'), 'Mistake', { type, properties });
    Validations.of(app).addPlugins(new AppFlowValidationPlugin());
    expect(validationReport(app).violations).toContainEqual(expect.objectContaining({
      plugin: 'appflow-constructs', construct: 'Stack/Mistake', path: at,
    }));
  });
});

const validator = new CloudFormationValidator();
afterAll(() => validator.free());

function errorsOfCdk(resource: object): string[] {
  return validator.diagnose({ Resources: { Mistake: resource } }).filter((line) => !line.startsWith('WARN'));
}
