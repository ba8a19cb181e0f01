import { awscdk, javascript, JsonFile, typescript } from 'projen';

/** The oldest aws-cdk-lib that the library supports; the `floor` test project runs against it. */
const CDK_FLOOR = '2.262.0';
const CDK_TESTED = '2.276.0';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'appflow-constructs',
  description: 'AWS CDK constructs for Amazon AppFlow: typed flows and connector profiles, checked at synth, started and tagged on deploy',
  author: 'appflow-constructs contributors',
  authorAddress: 'appflow-constructs@users.noreply.github.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/appflow-constructs/appflow-constructs.git',
  license: 'Apache-2.0',
  copyrightOwner: 'appflow-constructs contributors',
  copyrightPeriod: '2026',
  keywords: ['aws', 'cdk', 'appflow', 'amazon-appflow', 'salesforce', 'integration', 'constructs'],
  stability: 'experimental',
  majorVersion: 0,
  defaultReleaseBranch: 'main',

  srcdir: 'lib',
  libdir: 'build',
  entrypoint: 'build/index.js',
  entrypointTypes: 'build/index.d.ts',
  bin: { 'appflow-constructs': 'bin/appflow-constructs' },
  testdir: 'test',
  cdkVersion: CDK_FLOOR,
  constructsVersion: '10.5.0',
  peerDependencyOptions: { pinnedDevDependency: false },
  jsiiVersion: '~6.0.16',
  typescriptVersion: '~6.0.0',
  packageManager: javascript.NodePackageManager.NPM,
  minNodeVersion: '20.0.0',
  projenVersion: '0.103.25',
  projenrcTs: true,
  runner: typescript.TypeScriptRunner.tsx(),
  github: false,
  release: false,
  depsUpgrade: false,
  sampleCode: false,
  lambdaAutoDiscover: false,
  edgeLambdaAutoDiscover: false,
  lambdaExtensionAutoDiscover: false,
  integrationTestAutoDiscover: false,
  experimentalIntegRunner: false,

  publishToPypi: { distName: 'appflow-constructs', module: 'appflow_constructs' },
  publishToMaven: {
    javaPackage: 'io.github.appflowconstructs',
    mavenGroupId: 'io.github.appflowconstructs',
    mavenArtifactId: 'appflow-constructs',
  },
  publishToNuget: { dotNetNamespace: 'AppflowConstructs', packageId: 'AppflowConstructs' },
  publishToGo: { moduleName: 'github.com/appflow-constructs/appflow-constructs-go', packageName: 'appflowconstructs' },

  devDeps: [
    '@aws-cdk/aws-service-spec@0.1.216',
    '@aws-cdk/toolkit-lib@1.40.1',
    '@aws-sdk/client-appflow@^3.1048.0',
    '@aws-sdk/client-cloudformation@^3.1162.0',
    '@aws-sdk/client-lambda@^3.1162.0',
    '@aws-sdk/client-secrets-manager@^3.1048.0',
    '@aws-sdk/client-sfn@^3.1162.0',
    '@smithy/core',
    '@types/aws-lambda',
    '@types/node@^20',
    'aws-cdk@2.1148.1',
    `aws-cdk-lib@${CDK_TESTED}`,
    `aws-cdk-lib-floor@npm:aws-cdk-lib@${CDK_FLOOR}`,
    'cdk-nag@^3.0.2',
    'esbuild',
    'fast-check',
    'jsonata@^2.2.2',
    'jsonc-parser',
    'tsx',
    'yaml@^2.9.1',
  ],
  eslintOptions: { dirs: ['lib'], devdirs: ['test', 'projenrc'], commandOptions: { fix: false } },
  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      collectCoverage: false,
      setupFiles: ['<rootDir>/test/environment.ts'],
      maxWorkers: '100%',
      testSequencer: '<rootDir>/test/slow-suites-first.js',
      testTimeout: 60_000,
    },
  },
  gitignore: ['/assets/', '.jsii.tabl.json', 'cdk.out/', '.DS_Store'],
});

// The lockfile may not say where a package was fetched from: a clone installs from the registry its machine is set up for.
new javascript.NpmConfig(project, { omitEmpty: true }).addConfig('omit-lockfile-registry-resolved', 'true');

// The package is what users need; the sources of the handler and of the command are in their bundles.
for (const path of ['/examples/', '/.ci/', '/CHANGELOG.md', '/CONTRIBUTING.md', '/build/custom-resources/handlers/', '/build/command/', '/docs/', '/rosetta/', '.jsii.tabl.json']) {
  project.addPackageIgnore(path);
}

// The custom-resource handler is bundled once, at build time; the constructs only point to the result.
const bundle = project.addTask('bundle-handler', {
  description: 'Bundle the custom-resource handler into assets/',
  exec: 'tsx projenrc/bundle-handler.ts',
});
project.preCompileTask.spawn(bundle);

project.addDevDeps('constructs@10.8.1');
// 1.13.0 names builds for platforms for which none were published, and npm ci refuses a lockfile that cannot name them.
project.package.addPackageResolutions('unrs-resolver@1.12.2');
project.compileTask.reset('node -e "fs.rmSync(\'build\', { recursive: true, force: true })"');
project.compileTask.exec('jsii --silence-warnings=reserved-word --silence-warnings=metadata/missing-dev-dependency');
// Loading the package loads only what is used of it.
project.compileTask.exec('tsx projenrc/lazy-index.ts');
project.compileTask.spawn(project.addTask('bundle-command', {
  description: 'Bundle the command into assets/, with what it needs besides the library',
  exec: 'tsx projenrc/bundle-command.ts',
}));

// What the records know of connectors, and what the rules say, is written down for people.
project.tasks.tryFind('docgen')!.spawn(project.addTask('docs:connectors', {
  description: 'Write docs/connectors.md and the table of connectors in README.md',
  exec: 'tsx projenrc/connector-docs.ts',
}));
project.tasks.tryFind('docgen')!.spawn(project.addTask('docs:errors', {
  description: 'Write docs/errors.md',
  exec: 'tsx --tsconfig test/tsconfig.json projenrc/error-docs.ts',
}));

// Tests and examples import the library by its name, from its sources.
const paths = { 'appflow-constructs': ['../lib/index.ts'] };
project.tsconfigDev.file.addOverride('compilerOptions.paths', paths);
new JsonFile(project, 'examples/tsconfig.json', {
  obj: { extends: '../test/tsconfig.json', include: ['**/*.ts'], exclude: ['node_modules', '**/cdk.out'] },
});
project.jest!.addModuleNameMappers({ '^appflow-constructs$': '<rootDir>/lib/index.ts' });
project.jest!.addTestMatch('<rootDir>/examples/**/*.test.ts');
project.tryFindObjectFile('.eslintrc.json')!.addOverride('settings.import/resolver.typescript.project', ['./tsconfig.json', './test/tsconfig.json']);
project.eslint!.addRules({
  'import/order': ['warn', {
    groups: ['builtin', 'external'],
    pathGroups: [{ pattern: 'appflow-constructs', group: 'external' }],
    pathGroupsExcludedImportTypes: ['builtin'],
    alphabetize: { order: 'asc', caseInsensitive: true },
  }],
});
// Records of connectors are loaded when they are needed, which only a call can say.
project.eslint!.addOverride({ files: ['lib/private/connector-records.ts'], rules: { '@typescript-eslint/no-require-imports': 'off' } });
project.eslint!.addLintPattern('examples');
project.eslint!.allowDevDeps('examples/**');
project.eslint!.allowDevDeps('lib/custom-resources/handlers/**');
project.eslint!.allowDevDeps('lib/command/**');

project.tsconfigDev.addInclude('../examples/**/*.ts');
project.tsconfigDev.addExclude('../examples/**/cdk.out');
project.addTask('typecheck', {
  description: 'Type-check tests, examples and tools',
  exec: 'tsc -p test/tsconfig.json',
});
project.addTask('lint', { description: 'Type-check and lint, side by side', exec: 'tsx projenrc/side-by-side.ts typecheck eslint' });

project.testTask.reset();
project.testTask.spawn(bundle);
project.testTask.spawn(project.compileTask);
project.testTask.exec('jest --ci', { receiveArgs: true });

// One installs AWS's runtime client, which compiles for minutes; the other asks programs that not everybody has.
const WITH_TOOLS = ['test/custom-resources/handlers/lambda-runtime.test.ts', 'test/judges.test.ts'];
WITH_TOOLS.forEach((suite) => project.jest!.addIgnorePattern(`<rootDir>/${suite}`));
project.addTask('test:tools', {
  description: 'Test by what others have made, where it is there: AWS\'s Lambda runtime client, the AWS CLI, Terraform and cfn-lint',
  steps: [{ spawn: 'bundle-handler' }, { exec: `jest --ci --testPathIgnorePatterns /node_modules/ --testTimeout 600000 ${WITH_TOOLS.join(' ')}` }],
});

// jsii warns of Node.js 20, which the library is to run on as long as Lambda and users do.
project.tasks.addEnvironment('JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION', '20');

project.addTask('demo', {
  description: 'Deploy examples/salesforce-to-s3 with the CDK CLI to the embedded local endpoint',
  steps: [{ spawn: 'bundle-handler' }, { exec: 'tsx --tsconfig test/tsconfig.json test/local-cloud/demo.ts' }],
});
for (const language of ['python', 'java', 'go']) {
  project.addTask(`test:${language}`, {
    description: `Test the generated ${language} package, with the tools and the registry of the language`,
    steps: [{ spawn: 'bundle-handler' }, { spawn: 'compile' }, { exec: `tsx test/languages/run.ts ${language}` }],
  });
}
project.addTask('api:baseline', {
  description: 'Renew the baseline that the public API is compared with',
  steps: [{ spawn: 'compile' }, { exec: 'tsx projenrc/api-baseline.ts' }],
});
project.addTask('bench', {
  description: 'Measure load time, synth time, template size and handler against raw CfnFlow',
  steps: [{ spawn: 'bundle-handler' }, { spawn: 'compile' }, { exec: 'tsx --tsconfig test/tsconfig.json test/bench/bench.ts' }],
});

project.synth();
