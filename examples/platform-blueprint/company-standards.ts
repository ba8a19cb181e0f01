import { ConnectorProfile, EventFlow, FlowAlarms, OnDemandFlow, ScheduledFlow } from 'appflow-constructs';
import { Aspects, Duration, type IPropertyInjector, PropertyInjectors, Tags } from 'aws-cdk-lib';
import { CfnFlow } from 'aws-cdk-lib/aws-appflow';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IConstruct } from 'constructs';

export interface CompanyStandardsProps {
  /** The team whose flows these are: their names begin with it, and they are tagged with it. */
  readonly team: string;

  /** Encrypts what flows move, and the credentials of connector profiles. */
  readonly key: IKey;

  /** Where alarms go. */
  readonly alerts: ITopic;
}

/** Gives the flows below a construct what the company wants of all flows. A team that has to do without one of the defaults says so at its flow. */
export function applyCompanyStandards(scope: IConstruct, { team, key, alerts }: CompanyStandardsProps): void {
  const flows = [EventFlow, OnDemandFlow, ScheduledFlow].map(({ PROPERTY_INJECTION_ID }) =>
    defaults(PROPERTY_INJECTION_ID, (id) => ({ encryptionKey: key, flowName: `${team}-${id}` })));
  PropertyInjectors.of(scope).add(
    ...flows,
    defaults(ConnectorProfile.PROPERTY_INJECTION_ID, () => ({ encryptionKey: key })),
    defaults(FlowAlarms.PROPERTY_INJECTION_ID, () => ({ failed: { runs: 2, within: Duration.hours(12) }, alarmActions: [new SnsAction(alerts)] })),
  );
  Tags.of(scope).add('team', team);
  // Whoever writes flows without the library, or without a threshold, has this one, too.
  Aspects.of(scope).add({
    visit: (node) => {
      if (CfnFlow.isCfnFlow(node) && isScheduled(node)) {
        node.addPropertyOverride('TriggerConfig.TriggerProperties.FlowErrorDeactivationThreshold', 5);
      }
    },
  });
}

function defaults(constructUniqueId: string, make: (id: string) => object): IPropertyInjector {
  return {
    constructUniqueId,
    inject: (given, { id }) => ({ ...make(id), ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) }),
  };
}

function isScheduled({ triggerConfig }: CfnFlow): boolean {
  return (triggerConfig as CfnFlow.TriggerConfigProperty).triggerType === 'Scheduled';
}
