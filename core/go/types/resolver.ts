/** Turns type expressions into types: names over the files of a package, its imports, aliases, instances, constants. */
import type { FieldNode, GoFile, MethodNode, SignatureNode, TypeNode, TypeSpec } from "../source/syntax.ts";
import { PackageConstants } from "./package-constants.ts";
import { importNamed, type GoPackage, type Member, type PackageSource } from "./package.ts";
import { stringValue } from "./literals.ts";
import { printLinkType } from "./print.ts";
import {
  isExported,
  underlying,
  unknownType,
  type FuncType,
  type GoType,
  type InterfaceMethod,
  type NamedType,
  type PackageIdentity,
} from "./types.ts";
import type { TypeScope } from "./type-scope.ts";
import { predeclaredTypes, unsafePointer } from "./universe.ts";

/** Chains of aliases and definitions are followed this far, and types nest this deep; beyond, nothing is decided. */
const maximalDepth = 200;

const noParameters: ReadonlyMap<string, GoType> = new Map();

/** Resolves for one compiled package; remembers what it found, so it lives as long as its files stay unchanged. */
export class TypeResolver {
  readonly local: GoPackage;
  readonly #source: PackageSource;
  readonly #named = new Map<TypeSpec, Map<string, NamedType>>();
  readonly #aliases = new Map<TypeSpec, Map<string, GoType>>();
  readonly #constants: PackageConstants;
  /** Nesting depth of composite types; those without an entry have 1. */
  readonly #depths = new Map<GoType, number>();
  #active = 0;

  constructor(local: GoPackage, source: PackageSource) {
    this.local = local;
    this.#source = source;
    this.#constants = new PackageConstants(source, {
      resolve: (node, scope) => this.resolve(node, scope),
      lookUp: (packageName, name, scope) => this.#lookUp(packageName, name, [], scope),
      deeper: (work) => this.#deeper(work),
    });
  }

  /** The type of an expression in a file of the compiled package. */
  typeIn(file: GoFile, node: TypeNode, parameters: ReadonlyMap<string, GoType> = noParameters): GoType {
    return this.resolve(node, { package: this.local, file, parameters });
  }

  resolve(node: TypeNode, scope: TypeScope): GoType {
    return this.#deeper(() => this.#resolve(node, scope)) ?? unknownType;
  }

  /** Undefined where that goes too deep. */
  #deeper<T>(work: () => T): T | undefined {
    if (this.#active >= maximalDepth) return undefined;
    this.#active++;
    try {
      return work();
    } finally {
      this.#active--;
    }
  }

  #resolve(node: TypeNode, scope: TypeScope): GoType {
    switch (node.kind) {
      case "bad":
        return unknownType;
      case "name":
        return this.#lookUp(node.package, node.name, [], scope);
      case "instance":
        return this.#lookUp(
          node.package,
          node.name,
          node.args.map((argument) => this.resolve(argument, scope)),
          scope,
        );
      case "pointer":
      case "slice": {
        const element = this.resolve(node.element, scope);
        return this.#composite({ kind: node.kind, element }, [element]);
      }
      case "array": {
        const length = this.#constants.length(node.length, scope);
        const element = this.resolve(node.element, scope);
        return length === undefined ? unknownType : this.#composite({ kind: "array", length, element }, [element]);
      }
      case "map": {
        const key = this.resolve(node.key, scope);
        const element = this.resolve(node.element, scope);
        return this.#composite({ kind: "map", key, element }, [key, element]);
      }
      case "chan": {
        const element = this.resolve(node.element, scope);
        return this.#composite({ kind: "chan", direction: node.direction, element }, [element]);
      }
      case "func": {
        const type = this.signature(node.signature, scope);
        return this.#composite(type, [...type.parameters, ...type.results]);
      }
      case "struct": {
        const fields = node.fields.map((field) => ({
          name: field.name,
          embedded: field.embedded,
          type: this.resolve(field.type, scope),
          tag: tagText(field),
          node: field,
        }));
        return this.#composite(
          { kind: "struct", fields, package: scope.package.identity, file: scope.file },
          fields.map((field) => field.type),
        );
      }
      case "interface":
        return this.#interface(node.methods, node.constraint ? undefined : node.embedded, scope);
    }
  }

  signature(node: SignatureNode, scope: TypeScope): FuncType {
    const last = node.parameters[node.parameters.length - 1];
    const parameters = node.parameters.map((parameter): GoType => {
      const type = this.resolve(parameter.type, scope);
      return parameter.variadic ? { kind: "slice", element: type } : type;
    });
    const results = node.results.map((result) => this.resolve(result.type, scope));
    return {
      kind: "func",
      parameters: node.complete ? parameters : [...parameters, unknownType],
      results,
      variadic: last?.variadic ?? false,
    };
  }

  #composite(type: GoType, parts: readonly GoType[]): GoType {
    let depth = 1;
    for (const part of parts) depth = Math.max(depth, (this.#depths.get(part) ?? 1) + 1);
    if (depth > maximalDepth) return unknownType;
    this.#depths.set(type, depth);
    return type;
  }

  #interface(methods: readonly MethodNode[], embedded: readonly TypeNode[] | undefined, scope: TypeScope): GoType {
    if (embedded === undefined) return { kind: "interface", methods: undefined, spelling: undefined };
    const all = new Map<string, InterfaceMethod>();
    const parts: GoType[] = [];
    const add = (method: InterfaceMethod): void => {
      all.set(isExported(method.name) ? method.name : `${method.package.path ?? ""}.${method.name}`, method);
      parts.push(...method.type.parameters, ...method.type.results);
    };
    for (const node of methods) add({ name: node.name, package: scope.package.identity, type: this.signature(node.signature, scope) });
    for (const node of embedded) {
      const type = underlying(this.resolve(node, scope));
      if (type.kind !== "interface" || type.methods === undefined) return { kind: "interface", methods: undefined, spelling: undefined };
      type.methods.forEach(add);
    }
    return this.#composite({ kind: "interface", methods: [...all.values()].sort(compareMethods), spelling: undefined }, parts);
  }

  #lookUp(packageName: string | undefined, name: string, args: readonly GoType[], scope: TypeScope): GoType {
    if (packageName !== undefined) {
      const imported = importNamed(scope.file, packageName, this.#source);
      if (imported === undefined || !isExported(name)) return unknownType;
      return this.#importedType(imported, name, args, scope);
    }
    const parameter = scope.parameters?.get(name);
    if (parameter !== undefined) return parameter;
    const member = scope.package.members.get(name);
    if (member !== undefined) return this.#memberType(member, scope.package, args);
    const predeclared = predeclaredTypes.get(name);
    if (predeclared !== undefined) return args.length === 0 ? predeclared : unknownType;
    return this.#dotImported(scope, name, args);
  }

  #importedType(path: string, name: string, args: readonly GoType[], { file }: TypeScope): GoType {
    if (path === "unsafe") return name === "Pointer" ? unsafePointer : unknownType;
    const from = this.#source.packageAt(path, file);
    const member = from?.members.get(name);
    return from === undefined || member === undefined ? unknownType : this.#memberType(member, from, args);
  }

  #dotImported(scope: TypeScope, name: string, args: readonly GoType[]): GoType {
    if (!isExported(name)) return unknownType;
    for (const spec of scope.file.imports) {
      if (spec.name?.text !== ".") continue;
      const type = this.#importedType(spec.path, name, args, scope);
      if (type.kind !== "unknown") return type;
    }
    return unknownType;
  }

  #memberType(member: Member, from: GoPackage, args: readonly GoType[]): GoType {
    if (member.kind !== "type" || member.spec.parameters.length !== args.length) return unknownType;
    return member.spec.alias ? this.#alias(member, from, args) : this.#namedType(member, from, args);
  }

  #alias(member: Member & { kind: "type" }, from: GoPackage, args: readonly GoType[]): GoType {
    const key = this.#key(args);
    const known = key === undefined ? undefined : instancesOf(this.#aliases, member.spec).get(key);
    if (known !== undefined) return known;
    if (key !== undefined) instancesOf(this.#aliases, member.spec).set(key, unknownType);
    const type = this.resolve(member.spec.type, { package: from, file: member.file, parameters: bind(member.spec, args) });
    if (key !== undefined) instancesOf(this.#aliases, member.spec).set(key, type);
    return type;
  }

  #namedType(member: Member & { kind: "type" }, from: GoPackage, args: readonly GoType[]): GoType {
    const key = this.#key(args);
    const known = key === undefined ? undefined : instancesOf(this.#named, member.spec).get(key);
    if (known !== undefined) return known;
    let definition: GoType | undefined;
    let evaluated: GoType | undefined;
    const type: NamedType = {
      kind: "named",
      package: from.identity,
      name: member.spec.name.text,
      args,
      declaration: { file: member.file, spec: member.spec },
      definition: () =>
        (definition ??= this.resolve(member.spec.type, { package: from, file: member.file, parameters: bind(member.spec, args) })),
      underlying: () => (evaluated ??= followDefinitions(type)),
    };
    if (key !== undefined) instancesOf(this.#named, member.spec).set(key, type);
    return this.#composite(type, args);
  }

  /** Identical arguments have the same key; undefined where one of them cannot be told apart. */
  #key(args: readonly GoType[]): string | undefined {
    if (args.length === 0) return "";
    const texts = args.map((argument) => printLinkType(argument, { local: this.local.identity, keepsAliasesInInterfaces: false }));
    return texts.includes(undefined) ? undefined : texts.join(",");
  }
}

function instancesOf<T>(all: Map<TypeSpec, Map<string, T>>, spec: TypeSpec): Map<string, T> {
  let instances = all.get(spec);
  if (instances === undefined) {
    instances = new Map();
    all.set(spec, instances);
  }
  return instances;
}

function bind(spec: TypeSpec, args: readonly GoType[]): ReadonlyMap<string, GoType> | undefined {
  return args.length === 0 ? undefined : new Map(spec.parameters.map((parameter, index) => [parameter.name, args[index] ?? unknownType]));
}

/** `type A B` has what is behind B; a circle of such names has nothing. */
function followDefinitions(type: NamedType): GoType {
  let current: GoType = type;
  for (let steps = 0; current.kind === "named"; steps++) {
    if (steps > maximalDepth) return unknownType;
    current = current.definition();
  }
  return current;
}

function tagText(field: FieldNode): string | undefined {
  return field.tag === undefined ? undefined : stringValue(field.tag);
}

/** cmd/compile/internal/types `Sym.Less`: exported names first, then by bytes of the name, then by package path. */
function compareMethods(a: InterfaceMethod, b: InterfaceMethod): number {
  const exported = Number(isExported(b.name)) - Number(isExported(a.name));
  if (exported !== 0) return exported;
  return compareText(a.name, b.name) || compareText(pathOf(a.package), pathOf(b.package));
}

function pathOf(identity: PackageIdentity): string {
  return identity.path ?? "";
}

/** By code points, which is the order of the UTF-8 bytes. */
function compareText(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = left[index]!.codePointAt(0)! - right[index]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
