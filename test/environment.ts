// CDK's validation of templates costs seconds for the first app of a process. It runs in the conformance suite, by itself.
process.env.CDK_VALIDATION ??= 'false';
// Nothing that a test starts reports to, or asks, anyone.
process.env.CDK_DISABLE_CLI_TELEMETRY ??= 'true';
process.env.JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION ??= '20';
// Where constructs and warnings were made is no part of what they are, and takes a fifth of the time of a synthesis to find out.
process.env.CDK_CONTEXT_JSON ??= JSON.stringify({ 'aws:cdk:disable-creation-stack-traces': true });
process.env.CDK_DISABLE_STACK_TRACE ??= 'true';
