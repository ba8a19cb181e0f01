import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.appflowconstructs.ConnectorProfile;
import io.github.appflowconstructs.DataPull;
import io.github.appflowconstructs.EventFlowProps;
import io.github.appflowconstructs.FlowSchedule;
import io.github.appflowconstructs.Mapping;
import io.github.appflowconstructs.Mask;
import io.github.appflowconstructs.OutputFormat;
import io.github.appflowconstructs.S3Destination;
import io.github.appflowconstructs.S3Source;
import io.github.appflowconstructs.SalesforceConnection;
import io.github.appflowconstructs.SalesforceRefreshTokenOptions;
import io.github.appflowconstructs.SalesforceSource;
import io.github.appflowconstructs.ScheduledFlow;
import io.github.appflowconstructs.Validation;
import io.github.appflowconstructs.ValidationAction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.SecretValue;
import software.amazon.awscdk.SecretsManagerSecretOptions;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.secretsmanager.Secret;

/** The README's sample as Java users write it, against the package that is made for them. */
class FlowsTest {
  private final App app = new App();
  private final Stack stack = new Stack(app, "Lake");

  private void copyOpportunities(String flowName) {
    ConnectorProfile salesforce = ConnectorProfile.Builder.create(stack, "Salesforce")
        .connection(SalesforceConnection.refreshToken(SalesforceRefreshTokenOptions.builder()
            .instanceUrl("https://acme.my.salesforce.com")
            .refreshToken(SecretValue.secretsManager("salesforce", SecretsManagerSecretOptions.builder().jsonField("refreshToken").build()))
            .clientCredentials(new Secret(stack, "ConnectedApp"))
            .build()))
        .build();
    SalesforceSource opportunities = SalesforceSource.Builder.create(salesforce).object("Opportunity").build();
    ScheduledFlow.Builder.create(stack, "Opportunities")
        .flowName(flowName)
        .source(opportunities)
        .destination(S3Destination.Builder.create(new Bucket(stack, "Bucket")).format(OutputFormat.parquet()).build())
        .schedule(FlowSchedule.every(Duration.minutes(15)))
        .pull(DataPull.incremental())
        .tasks(List.of(
            opportunities.getFilter().greaterThan("Amount", 10_000),
            opportunities.getFilter().greaterThanOrEqualTo("CreatedDate", Instant.parse("2024-01-01T00:00:00Z")),
            Mapping.fields(List.of("Id", "Phone")),
            Mask.all("Phone"),
            Validation.notNull("AccountId", ValidationAction.DROP_RECORD)))
        .build();
  }

  private Template synthesize() {
    copyOpportunities(null);
    return Template.fromStack(stack);
  }

  private static String logicalId(Template template, String type) {
    Set<String> ids = template.findResources(type).keySet();
    assertEquals(1, ids.size(), "resources of type " + type);
    return ids.iterator().next();
  }

  private static Map<String, Object> ref(String logicalId) {
    return Map.of("Ref", logicalId);
  }

  private static Map<String, Object> property(String key, String value) {
    return Map.of("Key", key, "Value", value);
  }

  @SafeVarargs
  private static Map<String, Object> task(String type, String operator, List<String> fields, Map<String, Object>... properties) {
    Map<String, Object> task = new HashMap<>(Map.of("TaskType", type, "ConnectorOperator", Map.of("Salesforce", operator), "SourceFields", fields));
    if (properties.length > 0) {
      task.put("TaskProperties", List.of(properties));
    }
    return task;
  }

  private static Map<String, Object> mapping(String field) {
    Map<String, Object> task = task("Map", "NO_OP", List.of(field));
    task.put("DestinationField", field);
    return task;
  }

  @Test
  void connectorProfileTakesItsCredentialsFromSecrets() {
    Template template = synthesize();

    template.hasResourceProperties("AWS::AppFlow::ConnectorProfile", Map.of(
        "ConnectorType", "Salesforce",
        "ConnectorProfileConfig", Map.of(
            "ConnectorProfileCredentials", Map.of("Salesforce", Map.of(
                "RefreshToken", "{{resolve:secretsmanager:salesforce:SecretString:refreshToken::}}",
                "ClientCredentialsArn", ref(logicalId(template, "AWS::SecretsManager::Secret")))),
            "ConnectorProfileProperties", Map.of("Salesforce", Map.of("InstanceUrl", "https://acme.my.salesforce.com")))));
  }

  @Test
  void flowIsScheduledFromSalesforceToS3() {
    Template template = synthesize();

    template.hasResourceProperties("AWS::AppFlow::Flow", Map.of(
        "TriggerConfig", Map.of(
            "TriggerType", "Scheduled",
            "TriggerProperties", Map.of("DataPullMode", "Incremental", "ScheduleExpression", "rate(15minutes)")),
        "SourceFlowConfig", Map.of(
            "ConnectorType", "Salesforce",
            "ConnectorProfileName", ref(logicalId(template, "AWS::AppFlow::ConnectorProfile")),
            "SourceConnectorProperties", Map.of("Salesforce", Map.of("Object", "Opportunity"))),
        "DestinationFlowConfigList", List.of(Map.of(
            "ConnectorType", "S3",
            "DestinationConnectorProperties", Map.of("S3", Map.of(
                "BucketName", ref(logicalId(template, "AWS::S3::Bucket")),
                "S3OutputFormatConfig", Map.of("FileType", "PARQUET")))))));
  }

  @Test
  void tasksAreInOrderAndADateIsEpochMilliseconds() {
    synthesize().hasResourceProperties("AWS::AppFlow::Flow", Map.of("Tasks", List.of(
        task("Filter", "PROJECTION", List.of("Amount", "CreatedDate", "Id", "Phone", "AccountId")),
        task("Filter", "GREATER_THAN", List.of("Amount"), property("DATA_TYPE", "double"), property("VALUE", "10000")),
        task("Filter", "GREATER_THAN_OR_EQUAL_TO", List.of("CreatedDate"),
            property("DATA_TYPE", "datetime"), property("VALUE", "1704067200000")),
        mapping("Id"),
        mapping("Phone"),
        task("Mask", "MASK_ALL", List.of("Phone"), property("MASK_VALUE", "*")),
        task("Validate", "VALIDATE_NON_NULL", List.of("AccountId"), property("VALIDATION_ACTION", "DropRecord")))));
  }

  @Test
  void customResourceActivatesTheFlowWithTheBundledHandler() {
    Template template = synthesize();
    String flow = logicalId(template, "AWS::AppFlow::Flow");

    template.hasResourceProperties("Custom::AppFlowFlowActivation", Map.of(
        "Flows", Map.of(flow, Map.of("FlowName", ref(flow), "Status", "Active")),
        "ServiceToken", Map.of("Fn::GetAtt", List.of(logicalId(template, "AWS::Lambda::Function"), "Arn"))));
    template.hasResourceProperties("AWS::Lambda::Function", Map.of("Handler", "index.handler", "Code", Map.of("S3Key", Match.anyValue())));
  }

  @Test
  void aMistakeIsReportedWithItsPlaceAndCode() {
    copyOpportunities("opportunities to lake");

    String message = assertThrows(RuntimeException.class, app::synth).getMessage();

    Pattern report = Pattern.compile("\\[Lake/Opportunities\\] .*\\(appflow-constructs:flow-name-invalid\\)");
    assertTrue(report.matcher(message).find(), message);
  }

  /** What the compiler goes by when it refuses {@code .source(files)}. */
  @Test
  void anEventFlowTakesNoSourceWithoutEvents() throws NoSuchMethodException {
    Class<?> taken = EventFlowProps.class.getMethod("getSource").getReturnType();

    assertTrue(taken.isAssignableFrom(SalesforceSource.class));
    assertFalse(taken.isAssignableFrom(S3Source.class));
  }
}
