import { GlueDataCatalog, Mapping, OnDemandFlow, S3Destination } from 'appflow-constructs';
import { CfnParameter } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Role } from 'aws-cdk-lib/aws-iam';
import { lake, salesforceToS3 } from '../samples';
import { newStack } from '../synthesis';

const ROLE = 'arn:aws:iam::111122223333:role/catalog';

function templateWith(catalog: GlueDataCatalog, stack = newStack()): Template {
  new OnDemandFlow(stack, 'Flow', { ...salesforceToS3(stack), destination: new S3Destination(lake(stack), { catalog }), tasks: [Mapping.all()] });
  return Template.fromStack(stack);
}

test('a role is made that AppFlow alone may assume, for this account', () => {
  templateWith(new GlueDataCatalog({ databaseName: 'sales', tablePrefix: 'opportunities' })).hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: Match.objectLike({
      Statement: [Match.objectLike({
        Principal: { Service: 'appflow.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      })],
    }),
  });
});

test('the role reaches the catalogue, this database and its tables, and no more', () => {
  const template = templateWith(new GlueDataCatalog({ databaseName: 'sales', tablePrefix: 'opportunities' }));
  const [role] = Object.values(template.findResources('AWS::IAM::Role'));
  const [statement, ...others] = role.Properties.Policies[0].PolicyDocument.Statement;
  expect(others).toEqual([]);
  expect(statement.Resource.map((arn: any) => arn['Fn::Join'][1].at(-1))).toEqual([':catalog', ':database/sales', ':table/sales/*']);
  expect(statement.Action).toHaveLength(29);
  expect(statement.Action.filter((action: string) => !/^glue:[A-Z]\w+$/.test(action))).toEqual([]);
});

test('the flow names role, database and prefix', () => {
  const template = templateWith(new GlueDataCatalog({ databaseName: 'sales', tablePrefix: 'opportunities' }));
  const [role] = Object.keys(template.findResources('AWS::IAM::Role'));
  template.hasResourceProperties('AWS::AppFlow::Flow', {
    MetadataCatalogConfig: { GlueDataCatalog: { DatabaseName: 'sales', TablePrefix: 'opportunities', RoleArn: { 'Fn::GetAtt': [role, 'Arn'] } } },
  });
});

test('a role that is given is used, and none is made', () => {
  const stack = newStack();
  const role = Role.fromRoleArn(stack, 'Role', ROLE);
  const template = templateWith(new GlueDataCatalog({ databaseName: 'sales', tablePrefix: 'opportunities', role }), stack);
  template.resourceCountIs('AWS::IAM::Role', 0);
  template.hasResourceProperties('AWS::AppFlow::Flow', { MetadataCatalogConfig: { GlueDataCatalog: Match.objectLike({ RoleArn: ROLE }) } });
});

test('database and prefix can be tokens', () => {
  const stack = newStack();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const template = templateWith(new GlueDataCatalog({ databaseName: text, tablePrefix: text }), stack);
  template.hasResourceProperties('AWS::AppFlow::Flow', {
    MetadataCatalogConfig: { GlueDataCatalog: Match.objectLike({ DatabaseName: { Ref: 'Text' }, TablePrefix: { Ref: 'Text' } }) },
  });
});
