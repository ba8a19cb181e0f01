// CDK's validation of templates costs seconds for the first app of a process. It runs in the conformance suite, by itself.
process.env.CDK_VALIDATION ??= 'false';
// Nothing that a test starts reports to, or asks, anyone.
process.env.CDK_DISABLE_CLI_TELEMETRY ??= 'true';
process.env.JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION ??= '20';
