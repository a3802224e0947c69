/** Constants and lengths by the declarations that they name: over the files of a package and its imports. */
import type { ConstSpec, TokenRange, TypeNode, VarSpec } from "../source/syntax.ts";
import { tokenKind } from "../source/tokens.ts";
import { evaluateConstant, lengthOf, type ConstantScope, type ConstantValue } from "./constants.ts";
import { Layouts } from "./layout.ts";
import { operandAt, type OperandScope } from "./operand-types.ts";
import { importNamed, type GoPackage, type Member, type PackageSource } from "./package.ts";
import type { TypeScope } from "./type-scope.ts";
import { isExported, underlying, unknownType, type GoType } from "./types.ts";

/** What constants need of types. */
export interface ConstantTypes {
  resolve(node: TypeNode, scope: TypeScope): GoType;
  /** The type that a name without type arguments stands for. */
  lookUp(packageName: string | undefined, name: string, scope: TypeScope): GoType;
  /** Does what may lead back to where it came from; undefined where that goes too deep. */
  deeper<T>(work: () => T): T | undefined;
}

/** Remembers what it found, as long as the files stay unchanged. */
export class PackageConstants {
  readonly #source: PackageSource;
  readonly #types: ConstantTypes;
  readonly #layouts = new Layouts();
  readonly #variables = new Map<VarSpec, GoType>();
  readonly #values = new Map<ConstSpec, (ConstantValue | undefined)[]>();

  constructor(source: PackageSource, types: ConstantTypes) {
    this.#source = source;
    this.#types = types;
  }

  /** Of an array type; undefined where it is not constant, or not known. */
  length(expression: TokenRange, scope: TypeScope): bigint | undefined {
    return lengthOf(evaluateConstant(scope.file.tokens, expression, this.#constantScope(scope, undefined)));
  }

  #constantScope(scope: TypeScope, iota: number | undefined): ConstantScope {
    return {
      operandAt: (at) => operandAt(at, this.#operandScope(scope)),
      layoutOf: (type) => this.#layouts.of(type),
      isUnsafe: (packageName) => importNamed(scope.file, packageName, this.#source) === "unsafe",
      constant: (packageName, name) => this.#constant(packageName, name, scope, iota),
      conversion: (packageName, name) => {
        const type = underlying(this.#types.lookUp(packageName, name, scope));
        if (type.kind !== "basic") return undefined;
        if (type.name === "string") return "string";
        if (/^u?int/u.test(type.name)) return "integer";
        return type.name.startsWith("float") ? "float" : undefined;
      },
    };
  }

  #operandScope(scope: TypeScope): OperandScope {
    return {
      tokens: scope.file.tokens,
      type: (node) => this.#types.resolve(node, scope),
      variable: (packageName, name) => {
        if (packageName === undefined) return this.#variableOf(scope.package.members.get(name), scope.package);
        const path = importNamed(scope.file, packageName, this.#source);
        const from = path === undefined ? undefined : this.#source.packageAt(path, scope.file);
        return from === undefined || !isExported(name) ? undefined : this.#variableOf(from.members.get(name), from);
      },
    };
  }

  /** From its declaration, or from the one value that it begins with. */
  #variableOf(member: Member | undefined, from: GoPackage): GoType | undefined {
    if (member?.kind !== "var") return undefined;
    const { spec, file } = member;
    const known = this.#variables.get(spec);
    if (known !== undefined) return known;
    // Until it is known, for one whose type needs its own length.
    this.#variables.set(spec, unknownType);
    const scope: TypeScope = { package: from, file, parameters: undefined };
    const value = spec.tokens.from + 2;
    const isOfOneValue = spec.names.length === 1 && file.tokens.kinds[value - 1] === tokenKind.assign;
    const declared = spec.type;
    const type = this.#types.deeper(() => {
      if (declared !== undefined) return this.#types.resolve(declared, scope);
      return isOfOneValue ? this.#valueType(value, spec.tokens.to, scope) : undefined;
    });
    if (type !== undefined) this.#variables.set(spec, type);
    return type;
  }

  /** Of an expression that is nothing but an operand. */
  #valueType(from: number, to: number, scope: TypeScope): GoType | undefined {
    const operand = operandAt(from, this.#operandScope(scope));
    return operand?.next === to ? operand.type : undefined;
  }

  #constant(packageName: string | undefined, name: string, scope: TypeScope, iota: number | undefined): ConstantValue | undefined {
    if (packageName !== undefined) {
      const path = importNamed(scope.file, packageName, this.#source);
      const from = path === undefined ? undefined : this.#source.packageAt(path, scope.file);
      return from === undefined || !isExported(name) ? undefined : this.#constantOf(from.members.get(name), from);
    }
    if (scope.package.members.has(name)) return this.#constantOf(scope.package.members.get(name), scope.package);
    if (name === "iota" && iota !== undefined)
      return { kind: "number", numerator: BigInt(iota), denominator: 1n, integral: true, typed: false };
    for (const spec of scope.file.imports) {
      const from = spec.name?.text === "." && isExported(name) ? this.#source.packageAt(spec.path, scope.file) : undefined;
      if (from?.members.has(name) === true) return this.#constantOf(from.members.get(name), from);
    }
    return undefined;
  }

  #constantOf(member: Member | undefined, from: GoPackage): ConstantValue | undefined {
    if (member?.kind !== "const") return undefined;
    const values = this.#values.get(member.spec) ?? [];
    this.#values.set(member.spec, values);
    if (member.index in values) return values[member.index];
    values[member.index] = undefined;
    const range = member.spec.values[member.index];
    if (range === undefined) return undefined;
    const scope: TypeScope = { package: from, file: member.file, parameters: undefined };
    values[member.index] = this.#types.deeper(() => {
      const value = evaluateConstant(member.file.tokens, range, this.#constantScope(scope, member.spec.iota));
      return this.#typed(value, member.spec.type, scope);
    });
    return values[member.index];
  }

  /** A declared type decides how the constant divides. */
  #typed(value: ConstantValue | undefined, node: TypeNode | undefined, scope: TypeScope): ConstantValue | undefined {
    if (node === undefined || value?.kind !== "number") return value;
    const type = underlying(this.#types.resolve(node, scope));
    return type.kind === "basic" ? { ...value, typed: true, integral: !type.name.startsWith("float") } : undefined;
  }
}
