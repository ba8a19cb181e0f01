"""The README's sample as Python users write it, against the package that is made for them."""

from datetime import datetime, timezone

import pytest
from aws_cdk import App, Duration, SecretValue, Stack
from aws_cdk.assertions import Annotations, Match, Template
from aws_cdk.aws_iam import Role, ServicePrincipal
from aws_cdk.aws_s3 import Bucket
from aws_cdk.aws_secretsmanager import Secret
from aws_cdk.aws_stepfunctions import DefinitionBody, StateMachine

from appflow_constructs import (
    ConnectorProfile,
    DataPull,
    EventFlow,
    FlowAlarmKind,
    FlowAlarms,
    FlowFleet,
    FlowRun,
    FlowSchedule,
    Mapping,
    Mask,
    OnDemandFlow,
    OutputFormat,
    S3Destination,
    S3InputFormat,
    S3Source,
    SalesforceConnection,
    SalesforceSource,
    ScheduledFlow,
    Validation,
    ValidationAction,
)


@pytest.fixture
def app():
    return App()


@pytest.fixture
def stack(app):
    return Stack(app, "Lake")


def copy_opportunities(stack, flow_name=None):
    salesforce = ConnectorProfile(
        stack,
        "Salesforce",
        connection=SalesforceConnection.refresh_token(
            instance_url="https://acme.my.salesforce.com",
            refresh_token=SecretValue.secrets_manager("salesforce", json_field="refreshToken"),
            client_credentials=Secret(stack, "ConnectedApp"),
        ),
    )
    opportunities = SalesforceSource(salesforce, object="Opportunity")
    return ScheduledFlow(
        stack,
        "Opportunities",
        flow_name=flow_name,
        source=opportunities,
        destination=S3Destination(Bucket(stack, "Bucket"), format=OutputFormat.parquet()),
        schedule=FlowSchedule.every(Duration.minutes(15)),
        pull=DataPull.incremental(),
        tasks=[
            opportunities.filter.greater_than("Amount", 10_000),
            opportunities.filter.greater_than_or_equal_to("CreatedDate", datetime(2024, 1, 1, tzinfo=timezone.utc)),
            Mapping.fields(["Id", "Phone"]),
            Mask.all("Phone"),
            Validation.not_null("AccountId", ValidationAction.DROP_RECORD),
        ],
    )


def task(task_type, operator, fields, **properties):
    expected = {"TaskType": task_type, "ConnectorOperator": {"Salesforce": operator}, "SourceFields": fields}
    if properties:
        expected["TaskProperties"] = [{"Key": key, "Value": value} for key, value in sorted(properties.items())]
    return expected


def logical_id(template, resource_type):
    (name,) = template.find_resources(resource_type)
    return name


def test_connector_profile_takes_its_credentials_from_secrets(stack):
    copy_opportunities(stack)

    template = Template.from_stack(stack)
    template.has_resource_properties(
        "AWS::AppFlow::ConnectorProfile",
        {
            "ConnectorType": "Salesforce",
            "ConnectorProfileConfig": {
                "ConnectorProfileCredentials": {
                    "Salesforce": {
                        "RefreshToken": "{{resolve:secretsmanager:salesforce:SecretString:refreshToken::}}",
                        "ClientCredentialsArn": {"Ref": logical_id(template, "AWS::SecretsManager::Secret")},
                    }
                },
                "ConnectorProfileProperties": {"Salesforce": {"InstanceUrl": "https://acme.my.salesforce.com"}},
            },
        },
    )


def test_flow_is_scheduled_from_salesforce_to_s3(stack):
    copy_opportunities(stack)

    template = Template.from_stack(stack)
    template.has_resource_properties(
        "AWS::AppFlow::Flow",
        {
            "TriggerConfig": {
                "TriggerType": "Scheduled",
                "TriggerProperties": {"DataPullMode": "Incremental", "ScheduleExpression": "rate(15minutes)"},
            },
            "SourceFlowConfig": {
                "ConnectorType": "Salesforce",
                "ConnectorProfileName": {"Ref": logical_id(template, "AWS::AppFlow::ConnectorProfile")},
                "SourceConnectorProperties": {"Salesforce": {"Object": "Opportunity"}},
            },
            "DestinationFlowConfigList": [
                {
                    "ConnectorType": "S3",
                    "DestinationConnectorProperties": {
                        "S3": {
                            "BucketName": {"Ref": logical_id(template, "AWS::S3::Bucket")},
                            "S3OutputFormatConfig": {"FileType": "PARQUET"},
                        }
                    },
                }
            ],
        },
    )


def test_tasks_are_in_order_and_a_date_is_epoch_milliseconds(stack):
    copy_opportunities(stack)

    template = Template.from_stack(stack)
    template.has_resource_properties(
        "AWS::AppFlow::Flow",
        {
            "Tasks": [
                task("Filter", "PROJECTION", ["Amount", "CreatedDate", "Id", "Phone", "AccountId"]),
                task("Filter", "GREATER_THAN", ["Amount"], DATA_TYPE="double", VALUE="10000"),
                task("Filter", "GREATER_THAN_OR_EQUAL_TO", ["CreatedDate"], DATA_TYPE="datetime", VALUE="1704067200000"),
                {**task("Map", "NO_OP", ["Id"]), "DestinationField": "Id"},
                {**task("Map", "NO_OP", ["Phone"]), "DestinationField": "Phone"},
                task("Mask", "MASK_ALL", ["Phone"], MASK_VALUE="*"),
                task("Validate", "VALIDATE_NON_NULL", ["AccountId"], VALIDATION_ACTION="DropRecord"),
            ]
        },
    )


def test_custom_resource_activates_the_flow_with_the_bundled_handler(stack):
    copy_opportunities(stack)

    template = Template.from_stack(stack)
    flow = logical_id(template, "AWS::AppFlow::Flow")
    template.has_resource_properties(
        "Custom::AppFlowFlowActivation",
        {
            "Flows": {flow: {"FlowName": {"Ref": flow}, "Status": "Active"}},
            "ServiceToken": {"Fn::GetAtt": [logical_id(template, "AWS::Lambda::Function"), "Arn"]},
        },
    )
    template.has_resource_properties("AWS::Lambda::Function", {"Handler": "index.handler", "Code": {"S3Key": Match.any_value()}})


def test_a_mistake_is_reported_with_its_place_and_code(app, stack):
    copy_opportunities(stack, flow_name="opportunities to lake")

    with pytest.raises(Exception, match=r"\[Lake/Opportunities\] .*\(appflow-constructs:flow-name-invalid\)"):
        app.synth()


def test_an_event_flow_warns_of_a_source_without_events(stack):
    bucket = Bucket(stack, "Bucket")
    files = S3Source(bucket, prefix="orders", format=S3InputFormat.JSON)

    # Type checkers refuse this: S3Source is missing the IEventFlowSource protocol member event_name. Python itself does not look.
    EventFlow(stack, "Flow", source=files, destination=S3Destination(bucket), tasks=[Mapping.all()])  # type: ignore[arg-type]

    Annotations.from_stack(stack).has_warning("/Lake/Flow", Match.string_like_regexp("appflow-constructs:trigger-not-supported"))


def test_a_flow_is_watched_permitted_and_run(stack):
    flow = copy_opportunities(stack)
    operator = Role(stack, "Operator", assumed_by=ServicePrincipal("lambda.amazonaws.com"))
    assert flow.grants.start(operator).success
    alarms = FlowAlarms(stack, "Alarms", flow=flow, leave_out=[FlowAlarmKind.SLOW])
    assert len(alarms.alarms) == 4
    flow.events.on_run_failed("Failed")
    copy = OnDemandFlow(
        stack,
        "Copy",
        source=S3Source(Bucket(stack, "Leads"), prefix="leads", format=S3InputFormat.JSON),
        destination=S3Destination(Bucket(stack, "Copies")),
        tasks=[Mapping.all()],
    )
    StateMachine(stack, "Nightly", definition_body=DefinitionBody.from_chainable(FlowRun(stack, "Run", flow=copy)))

    template = Template.from_stack(stack)
    template.resource_count_is("AWS::CloudWatch::Alarm", 4)
    template.has_resource_properties(
        "AWS::IAM::Policy",
        {"PolicyDocument": {"Statement": Match.array_with([Match.object_like({"Action": "appflow:StartFlow", "Effect": "Allow"})])}},
    )
    template.has_resource_properties("AWS::Events::Rule", {"EventPattern": Match.object_like({"source": ["aws.appflow"]})})


def test_a_fleet_has_a_flow_for_each_object(stack):
    profile = ConnectorProfile.from_connector_profile_name(stack, "Salesforce", "crm")
    fleet = FlowFleet(
        stack,
        "Crm",
        destination=S3Destination(Bucket(stack, "Bucket"), prefix="crm"),
        schedule=FlowSchedule.every(Duration.hours(1)),
    )
    for name in ["Account", "Contact"]:
        fleet.add(name, SalesforceSource(profile, object=name))

    assert [flow.node.id for flow in fleet.flows] == ["Account", "Contact"]
    assert fleet.estimate_calls().runs_per_day == 48
    Template.from_stack(stack).resource_count_is("AWS::AppFlow::Flow", 2)
