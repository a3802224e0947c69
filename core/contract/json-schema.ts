/** The part of JSON Schema that VS Code's manifest takes and our tables use. Texts are Markdown. */
export interface JsonSchema {
  readonly type:
    | "string"
    | "number"
    | "integer"
    | "boolean"
    | "object"
    | "array"
    | readonly ("string" | "number" | "boolean" | "array" | "object" | "null")[];
  readonly description: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly items?: object;
  readonly properties?: object;
  readonly additionalProperties?: object | boolean;
  readonly required?: readonly string[];
  readonly minimum?: number;
}
