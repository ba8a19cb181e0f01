import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { aws_lambda as lambda } from 'aws-cdk-lib/interfaces';
import type { IConstruct, IDependable } from 'constructs';
import { appFlowPrincipal, warnOfMissingStatement } from './permissions';

const PERMISSION = 'AllowAppFlowInvokeFunction';
const ACTION = 'lambda:InvokeFunction';

/**
 * Lets AppFlow invoke the function of a custom connector, once however many connectors it is registered as. Returns what they must wait for,
 * if anything. Apart from the permissions on other resources, since a function's are resources of CloudFormation, in a module that few need.
 *
 * @see https://github.com/awslabs/aws-appflow-custom-connector-java
 */
export function allowInvoking(scope: IConstruct, handler: lambda.IFunctionRef): IDependable | undefined {
  const { account: sourceAccount } = Stack.of(handler);
  // A wildcard, since AppFlow also invokes connectors for no flow in particular: when they are registered, and for connector profiles.
  const sourceArn = Stack.of(handler).formatArn({ service: 'appflow', resource: '*' });
  const principal = appFlowPrincipal(handler);

  // The L2 tells so where it was imported, and no interface has it.
  if ((handler as { canCreatePermissions?: boolean }).canCreatePermissions === false) {
    warnOfMissingStatement(scope, handler, new iam.PolicyStatement({
      sid: PERMISSION,
      principals: [principal],
      actions: [ACTION],
      resources: [handler.functionRef.functionArn],
      conditions: { ArnLike: { 'aws:SourceArn': sourceArn } },
    }));
    return undefined;
  }
  return handler.node.tryFindChild(PERMISSION) ?? new CfnPermission(handler, PERMISSION, {
    action: ACTION,
    functionName: handler.functionRef.functionArn,
    principal: principal.service,
    sourceAccount,
    sourceArn,
  });
}
