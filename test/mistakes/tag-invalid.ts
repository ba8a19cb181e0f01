import { Flow, FlowTags } from 'appflow-constructs';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  wrong(stack) {
    new FlowTags(stack, 'Tags', { flow: Flow.fromFlowName(stack, 'Flow', 'imported'), tags: { 'cost center': '4711' } });
  },
  right(stack) {
    new FlowTags(stack, 'Tags', { flow: Flow.fromFlowName(stack, 'Flow', 'imported'), tags: { 'cost-center': '4711' } });
  },
  withTokens(stack, tokens) {
    new FlowTags(stack, 'Tags', { flow: Flow.fromFlowName(stack, 'Flow', 'imported'), tags: { 'cost-center': tokens.text() } });
  },
};
