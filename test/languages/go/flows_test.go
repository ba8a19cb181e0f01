// The README's sample as Go users write it, against the module that is made for them.
package flows

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"testing"
	"time"

	appflow "github.com/appflow-constructs/appflow-constructs-go/appflowconstructs"
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/assertions"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/jsii-runtime-go"
)

type object = map[string]any
type list = []any

func TestMain(m *testing.M) {
	status := m.Run()
	jsii.Close()
	os.Exit(status)
}

func newStack() (awscdk.App, awscdk.Stack) {
	app := awscdk.NewApp(nil)
	return app, awscdk.NewStack(app, jsii.String("Lake"), nil)
}

func copyOpportunities(stack awscdk.Stack, flowName *string) appflow.ScheduledFlow {
	salesforce := appflow.NewConnectorProfile(stack, jsii.String("Salesforce"), &appflow.ConnectorProfileProps{
		Connection: appflow.SalesforceConnection_RefreshToken(&appflow.SalesforceRefreshTokenOptions{
			InstanceUrl: jsii.String("https://acme.my.salesforce.com"),
			RefreshToken: awscdk.SecretValue_SecretsManager(jsii.String("salesforce"), &awscdk.SecretsManagerSecretOptions{
				JsonField: jsii.String("refreshToken"),
			}),
			ClientCredentials: awssecretsmanager.NewSecret(stack, jsii.String("ConnectedApp"), nil),
		}),
	})
	opportunities := appflow.NewSalesforceSource(salesforce, &appflow.SalesforceSourceProps{Object: jsii.String("Opportunity")})
	return appflow.NewScheduledFlow(stack, jsii.String("Opportunities"), &appflow.ScheduledFlowProps{
		FlowName: flowName,
		Source:   opportunities,
		Destination: appflow.NewS3Destination(awss3.NewBucket(stack, jsii.String("Bucket"), nil), &appflow.S3DestinationProps{
			Format: appflow.OutputFormat_Parquet(nil),
		}),
		Schedule: appflow.FlowSchedule_Every(awscdk.Duration_Minutes(jsii.Number(15)), nil),
		Pull:     appflow.DataPull_Incremental(nil),
		Tasks: &[]appflow.IFlowTask{
			opportunities.Filter().GreaterThan(jsii.String("Amount"), 10_000, nil),
			opportunities.Filter().GreaterThanOrEqualTo(jsii.String("CreatedDate"), time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), nil),
			appflow.Mapping_Fields(jsii.Strings("Id", "Phone"), nil),
			appflow.Mask_All(jsii.String("Phone"), nil),
			appflow.Validation_NotNull(jsii.String("AccountId"), appflow.ValidationAction_DROP_RECORD()),
		},
	})
}

// synthesize returns the template of the sample.
func synthesize() assertions.Template {
	_, stack := newStack()
	copyOpportunities(stack, nil)
	return assertions.Template_FromStack(stack, nil)
}

func logicalID(t *testing.T, template assertions.Template, resourceType string) string {
	t.Helper()
	found := *template.FindResources(jsii.String(resourceType), nil)
	if len(found) != 1 {
		t.Fatalf("%d resources of type %s, not one", len(found), resourceType)
	}
	for id := range found {
		return id
	}
	return ""
}

// hasProperties fails the test, instead of its process, if no resource has the properties.
func hasProperties(t *testing.T, template assertions.Template, resourceType string, properties object) {
	t.Helper()
	if message := panicOf(func() { template.HasResourceProperties(jsii.String(resourceType), properties) }); message != "" {
		t.Error(message)
	}
}

func panicOf(code func()) (message string) {
	defer func() {
		if reason := recover(); reason != nil {
			message = fmt.Sprint(reason)
		}
	}()
	code()
	return ""
}

func TestConnectorProfileTakesItsCredentialsFromSecrets(t *testing.T) {
	template := synthesize()
	hasProperties(t, template, "AWS::AppFlow::ConnectorProfile", object{
		"ConnectorType": "Salesforce",
		"ConnectorProfileConfig": object{
			"ConnectorProfileCredentials": object{"Salesforce": object{
				"RefreshToken":         "{{resolve:secretsmanager:salesforce:SecretString:refreshToken::}}",
				"ClientCredentialsArn": object{"Ref": logicalID(t, template, "AWS::SecretsManager::Secret")},
			}},
			"ConnectorProfileProperties": object{"Salesforce": object{"InstanceUrl": "https://acme.my.salesforce.com"}},
		},
	})
}

func TestFlowIsScheduledFromSalesforceToS3(t *testing.T) {
	template := synthesize()
	hasProperties(t, template, "AWS::AppFlow::Flow", object{
		"TriggerConfig": object{
			"TriggerType":       "Scheduled",
			"TriggerProperties": object{"DataPullMode": "Incremental", "ScheduleExpression": "rate(15minutes)"},
		},
		"SourceFlowConfig": object{
			"ConnectorType":             "Salesforce",
			"ConnectorProfileName":      object{"Ref": logicalID(t, template, "AWS::AppFlow::ConnectorProfile")},
			"SourceConnectorProperties": object{"Salesforce": object{"Object": "Opportunity"}},
		},
		"DestinationFlowConfigList": list{object{
			"ConnectorType": "S3",
			"DestinationConnectorProperties": object{"S3": object{
				"BucketName":           object{"Ref": logicalID(t, template, "AWS::S3::Bucket")},
				"S3OutputFormatConfig": object{"FileType": "PARQUET"},
			}},
		}},
	})
}

func TestTasksAreInOrderAndADateIsEpochMilliseconds(t *testing.T) {
	property := func(key, value string) object { return object{"Key": key, "Value": value} }
	task := func(taskType, operator string, fields list, properties ...any) object {
		expected := object{"TaskType": taskType, "ConnectorOperator": object{"Salesforce": operator}, "SourceFields": fields}
		if len(properties) > 0 {
			expected["TaskProperties"] = properties
		}
		return expected
	}
	mapping := func(field string) object {
		expected := task("Map", "NO_OP", list{field})
		expected["DestinationField"] = field
		return expected
	}

	hasProperties(t, synthesize(), "AWS::AppFlow::Flow", object{"Tasks": list{
		task("Filter", "PROJECTION", list{"Amount", "CreatedDate", "Id", "Phone", "AccountId"}),
		task("Filter", "GREATER_THAN", list{"Amount"}, property("DATA_TYPE", "double"), property("VALUE", "10000")),
		task("Filter", "GREATER_THAN_OR_EQUAL_TO", list{"CreatedDate"}, property("DATA_TYPE", "datetime"), property("VALUE", "1704067200000")),
		mapping("Id"),
		mapping("Phone"),
		task("Mask", "MASK_ALL", list{"Phone"}, property("MASK_VALUE", "*")),
		task("Validate", "VALIDATE_NON_NULL", list{"AccountId"}, property("VALIDATION_ACTION", "DropRecord")),
	}})
}

func TestCustomResourceActivatesTheFlowWithTheBundledHandler(t *testing.T) {
	template := synthesize()
	flow := logicalID(t, template, "AWS::AppFlow::Flow")
	hasProperties(t, template, "Custom::AppFlowFlowActivation", object{
		"Flows":        object{flow: object{"FlowName": object{"Ref": flow}, "Status": "Active"}},
		"ServiceToken": object{"Fn::GetAtt": list{logicalID(t, template, "AWS::Lambda::Function"), "Arn"}},
	})
	hasProperties(t, template, "AWS::Lambda::Function", object{
		"Handler": "index.handler",
		"Code":    object{"S3Key": assertions.Match_AnyValue()},
	})
}

func TestAMistakeIsReportedWithItsPlaceAndCode(t *testing.T) {
	app, stack := newStack()
	copyOpportunities(stack, jsii.String("opportunities to lake"))

	message := panicOf(func() { app.Synth(nil) })

	if !regexp.MustCompile(`\[Lake/Opportunities\] .*\(appflow-constructs:flow-name-invalid\)`).MatchString(message) {
		t.Errorf("the synthesis says: %q", message)
	}
}

// What the compiler goes by when it refuses `EventFlowProps{Source: files}`.
func TestAnEventFlowTakesNoSourceWithoutEvents(t *testing.T) {
	field, _ := reflect.TypeFor[appflow.EventFlowProps]().FieldByName("Source")
	if !reflect.TypeFor[appflow.SalesforceSource]().AssignableTo(field.Type) {
		t.Error("an event flow does not take a Salesforce source")
	}
	if reflect.TypeFor[appflow.S3Source]().AssignableTo(field.Type) {
		t.Error("an event flow takes an Amazon S3 source")
	}
}
