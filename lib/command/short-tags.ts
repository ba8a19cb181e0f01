import { type Document, isScalar, type Node, Pair, visit, YAMLMap } from 'yaml';

/** The intrinsic functions whose long form has no `Fn::` before it. */
const UNPREFIXED = ['Ref', 'Condition'];

/** Local tags, as CloudFormation's short forms are; those of YAML itself begin with another prefix. */
const LOCAL_TAG = /^!([^!]+)$/;

/**
 * Writes CloudFormation's short forms out, in place: `!Ref x` becomes `{ Ref: x }`, `!GetAtt x.y` becomes `{ Fn::GetAtt: [x, y] }`.
 * So do tags that CloudFormation does not know: what they stand for is as unknown as what a function returns.
 */
export function expandShortTags(document: Document) {
  visit(document, {
    // Aliases have no tags.
    Value: (key, node) => {
      const name = key !== 'key' ? LOCAL_TAG.exec(node.tag ?? '')?.[1] : undefined;
      if (name === undefined) {
        return undefined;
      }
      const long = new YAMLMap<Node, Node>();
      long.add(new Pair(document.createNode(UNPREFIXED.includes(name) ? name : `Fn::${name}`), name === 'GetAtt' ? attribute(document, node) : node));
      long.range = node.range;
      // What refers to the short form refers to all of it.
      long.anchor = node.anchor;
      delete node.anchor;
      delete node.tag;
      return long;
    },
  });
}

/** The logical id and the attribute of `id.attribute`. */
function attribute(document: Document, node: Node): Node {
  const text = isScalar(node) ? String(node.value) : '';
  const dot = text.indexOf('.');
  return dot > 0 ? document.createNode([text.slice(0, dot), text.slice(dot + 1)]) : node;
}
