import { Flow, FlowTags } from 'appflow-constructs';
import type { Mistake } from '../mistake';

export const mistake: Mistake = {
  wrong(stack) {
    const entries = Array.from({ length: 51 }, (_, index) => [`tag-${index}`, 'value']);
    new FlowTags(stack, 'Tags', { flow: Flow.fromFlowName(stack, 'Flow', 'imported'), tags: Object.fromEntries(entries) });
  },
  right(stack) {
    const entries = Array.from({ length: 50 }, (_, index) => [`tag-${index}`, 'value']);
    new FlowTags(stack, 'Tags', { flow: Flow.fromFlowName(stack, 'Flow', 'imported'), tags: Object.fromEntries(entries) });
  },
  withTokens(stack, tokens) {
    const entries = Array.from({ length: 50 }, (_, index) => [`tag-${index}`, tokens.text()]);
    new FlowTags(stack, 'Tags', { flow: Flow.fromFlowName(stack, 'Flow', 'imported'), tags: Object.fromEntries(entries) });
  },
};
