import { functionCall, splitAttribute, subParts } from './intrinsics';
import { dependsOn, invalid, ResourceDefinition } from './template';

/**
 * The logical ids that a resource needs before it: by DependsOn, and by Ref, Fn::GetAtt and Fn::Sub in its properties.
 * The branch of a Fn::If that is not taken needs nothing.
 */
export function dependenciesOf(
  definition: ResourceDefinition,
  isResource: (name: string) => boolean,
  condition: (name: string) => boolean,
): string[] {
  const found = new Set<string>(dependsOn(definition).filter(isResource));
  const add = (name: string) => {
    if (isResource(name)) {
      found.add(name);
    }
  };
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(walk);
      return;
    }
    if (typeof value !== 'object' || value === null) {
      return;
    }
    const call = functionCall(value);
    if (!call) {
      Object.values(value).forEach(walk);
      return;
    }
    switch (call.name) {
      case 'Ref':
        add(String(call.argument));
        return;
      case 'Fn::GetAtt':
        add(Array.isArray(call.argument) ? String(call.argument[0]) : String(call.argument).split('.')[0]);
        return;
      case 'Fn::Sub': {
        const [template, variables] = [call.argument].flat() as [string, Record<string, unknown>?];
        subParts(template).forEach((part) => {
          if ('name' in part && !(part.name in (variables ?? {}))) {
            add(splitAttribute(part.name)?.[0] ?? part.name);
          }
        });
        walk(variables);
        return;
      }
      case 'Fn::If': {
        const [name, then, otherwise] = call.argument as [string, unknown, unknown];
        walk(condition(name) ? then : otherwise);
        return;
      }
      default:
        walk(call.argument);
    }
  };
  walk(definition.Properties);
  return [...found];
}

/** Orders names so that each comes after those it needs, and otherwise as given. */
export function inOrder(names: readonly string[], needs: (name: string) => readonly string[]): string[] {
  const ordered: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (name: string, path: string[]): void => {
    if (state.get(name) === 'done') {
      return;
    }
    if (state.get(name) === 'open') {
      throw invalid(`Circular dependency between resources: [${path.slice(path.indexOf(name)).join(', ')}]`);
    }
    state.set(name, 'open');
    needs(name).filter((need) => names.includes(need)).forEach((need) => visit(need, [...path, name]));
    state.set(name, 'done');
    ordered.push(name);
  };
  names.forEach((name) => visit(name, []));
  return ordered;
}
