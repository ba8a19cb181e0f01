import { App, Stack } from 'aws-cdk-lib';
import { ArtifactMetadataEntryType } from 'aws-cdk-lib/cloud-assembly-schema';

/** An empty stack in an app of its own. */
export function newStack(): Stack {
  return new Stack(new App(), 'Stack');
}

/** What would stop the synthesis of a stack, a line each as the CDK prints it; nothing is synthesized. */
export function errorsOf(stack: Stack): string[] {
  return [
    ...stack.node.findAll().flatMap(({ node }) => node.validate().map((message) => `[${node.path}] ${message}`)),
    ...annotationsOf(stack, ArtifactMetadataEntryType.ERROR, 'Error'),
  ];
}

/** The warnings of a stack that nobody has acknowledged, a line each as the CDK prints it; nothing is synthesized. */
export function warningsOf(stack: Stack): string[] {
  return annotationsOf(stack, ArtifactMetadataEntryType.WARN, 'Warning');
}

/** Synthesizes the app that a stack is in, and returns the stack's template. */
export function templateOf(stack: Stack): any {
  return App.of(stack)!.synth().getStackArtifact(stack.artifactId).template;
}

function annotationsOf(stack: Stack, type: ArtifactMetadataEntryType, title: string): string[] {
  return stack.node.findAll().flatMap(({ node }) => node.metadata
    .filter((entry) => entry.type === type)
    .map(({ data }) => `[${title} at /${node.path}] ${data}`));
}
