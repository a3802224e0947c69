/** The part of JSON Schema that VS Code's manifest takes and our tables use. Texts are Markdown. */
export interface JsonSchema extends ValueSchema {
  readonly description: string;
  readonly default?: unknown;
  readonly enumDescriptions?: readonly string[];
  readonly properties?: Readonly<Record<string, ValueSchema & { readonly description: string }>>;
}

/** What a value may be; the values inside of one are described the same way. */
export interface ValueSchema {
  readonly type: JsonType | readonly JsonType[];
  readonly enum?: readonly string[];
  readonly items?: ValueSchema;
  readonly properties?: Readonly<Record<string, ValueSchema & { readonly description?: string }>>;
  /** Schema of the properties that `properties` does not name. */
  readonly additionalProperties?: ValueSchema;
  readonly required?: readonly string[];
  readonly minimum?: number;
}

export type JsonType = "string" | "number" | "integer" | "boolean" | "object" | "array" | "null";

/** What is wrong with `value`, called `name` in the sentences; nothing where it fits `schema`. Properties that no schema names are no mistake. */
export function schemaProblems(value: unknown, schema: ValueSchema, name: string): string[] {
  const types = typeof schema.type === "string" ? [schema.type] : schema.type;
  if (!types.some((type) => hasType(value, type))) return [`${name} must be ${types.map(withArticle).join(" or ")}`];
  if (schema.enum && !schema.enum.includes(value as string)) return [`${name} must be one of ${schema.enum.join(", ")}`];
  if (schema.minimum !== undefined && typeof value === "number" && value < schema.minimum)
    return [`${name} must be at least ${schema.minimum}`];
  const { items } = schema;
  if (Array.isArray(value)) return items ? value.flatMap((item, at) => schemaProblems(item, items, `item ${at + 1} of ${name}`)) : [];
  return typeof value === "object" && value !== null ? propertyProblems(value, schema, name) : [];
}

function propertyProblems(value: object, schema: ValueSchema, name: string): string[] {
  const missing = (schema.required ?? []).filter((key) => !Object.hasOwn(value, key));
  const problems = missing.map((key) => `${name} needs "${key}"`);
  for (const [key, inner] of Object.entries(value)) {
    const known = schema.properties && Object.hasOwn(schema.properties, key) ? schema.properties[key] : undefined;
    const described = known ?? schema.additionalProperties;
    if (described) problems.push(...schemaProblems(inner, described, `"${key}" in ${name}`));
  }
  return problems;
}

function hasType(value: unknown, type: JsonType): boolean {
  switch (type) {
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "integer":
      return Number.isInteger(value);
    case "null":
      return value === null;
    case "string":
    case "number":
    case "boolean":
      return typeof value === type;
  }
}

function withArticle(type: string): string {
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
