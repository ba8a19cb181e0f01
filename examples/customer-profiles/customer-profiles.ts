import {
  ConnectorProfile, CustomerProfilesDestination, DataPull, FlowSchedule, Mapping, SalesforceConnection, SalesforceSource, ScheduledFlow,
} from 'appflow-constructs';
import { Duration, RemovalPolicy, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { CfnDomain, CfnObjectType } from 'aws-cdk-lib/aws-customerprofiles';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/** Shows the agents of a contact centre in Amazon Connect who is calling, from the contacts in Salesforce. */
export class CustomerProfiles extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const key = new Key(this, 'Key', { enableKeyRotation: true, removalPolicy: RemovalPolicy.DESTROY });
    const domain = new CfnDomain(this, 'Domain', {
      domainName: 'acme-customers',
      defaultEncryptionKey: key.keyArn,
      defaultExpirationDays: 366,
    });
    const contact = new CfnObjectType(this, 'Contact', {
      domainName: domain.ref,
      objectTypeName: 'SalesforceContact',
      description: 'A contact in Salesforce',
      allowProfileCreation: true,
      encryptionKey: key.keyArn,
      fields: [
        field('Id', '_profile.Attributes.SalesforceId', 'STRING'),
        field('FirstName', '_profile.FirstName', 'NAME'),
        field('LastName', '_profile.LastName', 'NAME'),
        field('Phone', '_profile.PhoneNumber', 'PHONE_NUMBER'),
        field('Email', '_profile.EmailAddress', 'EMAIL_ADDRESS'),
      ],
      keys: [
        { name: '_salesforceId', objectTypeKeyList: [{ fieldNames: ['Id'], standardIdentifiers: ['UNIQUE', 'PROFILE'] }] },
        { name: '_phone', objectTypeKeyList: [{ fieldNames: ['Phone'] }] },
        { name: '_email', objectTypeKeyList: [{ fieldNames: ['Email'] }] },
      ],
    });

    // Whoever connected AppFlow to Salesforce has put the refresh token into this secret.
    const tokens = Secret.fromSecretNameV2(this, 'Tokens', 'salesforce/tokens');
    const salesforce = new ConnectorProfile(this, 'Salesforce', {
      connection: SalesforceConnection.refreshToken({
        instanceUrl: 'https://acme.my.salesforce.com',
        refreshToken: tokens.secretValueFromJson('refreshToken'),
      }),
    });

    // CloudFormation's flows do not have this destination, so the library's custom resource makes the flow.
    const flow = new ScheduledFlow(this, 'Contacts', {
      description: 'Contacts for the contact centre',
      encryptionKey: key,
      source: new SalesforceSource(salesforce, { object: 'Contact' }),
      destination: new CustomerProfilesDestination({ domainName: domain.ref, objectTypeName: contact.objectTypeName }),
      schedule: FlowSchedule.every(Duration.minutes(15)),
      pull: DataPull.incremental(),
      tasks: [Mapping.fields(['Id', 'FirstName', 'LastName', 'Phone', 'Email'])],
    });
    flow.node.addDependency(contact);
    Tags.of(flow).add('team', 'service');
  }
}

/** A field of Salesforce, and what of a profile it becomes. */
function field(source: string, target: string, contentType: string): CfnObjectType.FieldMapProperty {
  return { name: source, objectTypeField: { source: `_source.${source}`, target, contentType } };
}
