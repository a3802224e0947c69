// Whatever is typed, the parser answers at once: with an error for the user, or a list that can be evaluated from left to right.
import { array, assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { ExpressionError } from "../../../../debug-adapter/src/expressions/expression-error.ts";
import { parseGoExpression } from "../../../../debug-adapter/src/expressions/go/parse.ts";
import { spell } from "../../../../debug-adapter/src/expressions/go/spell.ts";
import { type GoNode, operandCount, operandsOf } from "../../../../debug-adapter/src/expressions/go/syntax.ts";

const pieces =
  "x y.z 1 'a' \"s\" ( ) [ ] { } , : . * & + - ! ^ <- == && || << .(int) []byte map[string]int func struct{A int} interface{} \n".split(
    " ",
  );

function parsed(text: string): readonly GoNode[] | undefined {
  try {
    return parseGoExpression(text).nodes;
  } catch (error) {
    expect(error).toBeInstanceOf(ExpressionError);
    return undefined;
  }
}

test("what is accepted is in postfix order, and reads the same when it is written down", () => {
  let accepted = 0;
  assert(
    property(array(constantFrom(...pieces), { minLength: 1, maxLength: 9 }), (parts) => {
      const nodes = parsed(parts.join(" "));
      if (!nodes) return;
      accepted++;
      let depth = 0;
      for (const [at, node] of nodes.entries()) {
        depth -= operandCount(node);
        expect(depth).toBeGreaterThanOrEqual(0);
        depth++;
        const [first] = operandsOf(nodes, at);
        expect(node.start).toBe(first === undefined ? at : nodes[first]!.start);
      }
      expect(depth).toBe(1);
      expect(parsed(spell(nodes, nodes.length - 1))).toEqual(nodes);
    }),
    { numRuns: 3000 },
  );
  expect(accepted).toBeGreaterThan(50);
});

test("nothing is nested too deep", () => {
  const depth = 4900;
  expect(parsed("(".repeat(depth) + "x" + ")".repeat(depth))).toHaveLength(depth + 1);
  expect(parsed("!".repeat(depth) + "x")).toHaveLength(depth + 1);
  expect(parsed(`x${".y".repeat(depth)}`)).toHaveLength(depth + 1);
  expect(parsed("(".repeat(depth))).toBeUndefined();
  expect(() => parseGoExpression("[]".repeat(depth))).toThrow("the type is nested too deep");
  expect(() => parseGoExpression("x".repeat(10_001))).toThrow("the expression is longer than 10000 characters");
});
