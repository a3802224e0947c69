/**
 * The programs that a package is linked into: all exports of a program share their names. Only packages that are written
 * in the workspace are looked at; reading what they get from elsewhere would take long and seldom help.
 */
import { nextTurn } from "#platform";
import { PackageFinder } from "#core/go/packages/package-finder.ts";
import { joinPath, parentFolder } from "#core/go/packages/paths.ts";
import { belongsToTarget, targetKey, type BuildTarget } from "#core/go/source/build-constraints.ts";
import type { GoInstallation } from "./environment.ts";
import type { GoFiles } from "./files.ts";
import { GoView } from "./view.ts";
import type { ProgramPackage } from "./diagnostics.ts";
import type { GoDocument } from "./go-document.ts";

export interface ProgramQuestion {
  readonly disk: GoFiles;
  readonly open: readonly GoDocument[];
  readonly document: GoDocument;
  readonly target: BuildTarget;
  /** Hears of the folders that the answer depends on. */
  readonly consult: (folder: string) => void;
}

/**
 * Other packages change seldom while one is typed in: they are looked at again only after this many milliseconds, and then
 * behind the answer, which a large module would delay.
 */
const maximalAge = 3000;
/** A module with more folders than this has them read in part. */
const maximalFolders = 3000;

interface Answer {
  /** What it was made from. */
  readonly key: string;
  readonly others: readonly GoDocument[];
  readonly made: number;
  readonly packages: readonly ProgramPackage[];
  readonly folders: readonly string[];
}

/** Remembers the last answer for each folder. */
export class GoProgram {
  readonly #installation: GoInstallation;
  readonly #changed: (uri: string) => void;
  readonly #answers = new Map<string, Answer>();
  readonly #renewing = new Set<string>();

  /** `changed` hears of documents whose answer has turned out to be old. */
  constructor(installation: GoInstallation, changed: (uri: string) => void) {
    this.#installation = installation;
    this.#changed = changed;
  }

  /** The other packages, as far as they have directives. */
  around(question: ProgramQuestion): readonly ProgramPackage[] {
    const { document, open, target, consult } = question;
    const folder = parentFolder(document.path);
    const own = document.header;
    const key = [targetKey(target), own.packageName, ...own.imports].join(" ");
    const others = open.filter(({ path }) => parentFolder(path) !== folder);
    let answer = this.#answers.get(folder);
    if (answer?.key !== key || !sameItems(answer.others, others)) answer = this.#make(folder, key, others, question);
    else if (Date.now() - answer.made > maximalAge) this.#renewSoon(folder, answer, question);
    answer.folders.forEach(consult);
    return answer.packages;
  }

  forget(): void {
    this.#answers.clear();
  }

  #make(folder: string, key: string, others: readonly GoDocument[], question: ProgramQuestion): Answer {
    const walk = new ProgramWalk(folder, { ...question, maximalAge, withTests: false }, this.#installation);
    const answer = { key, others, made: Date.now(), packages: walk.packages(), folders: walk.folders };
    this.#answers.set(folder, answer);
    return answer;
  }

  #renewSoon(folder: string, before: Answer, question: ProgramQuestion): void {
    if (this.#renewing.has(folder)) return;
    this.#renewing.add(folder);
    nextTurn(() => {
      this.#renewing.delete(folder);
      if (this.#answers.get(folder) !== before) return;
      const after = this.#make(folder, before.key, before.others, question);
      if (!samePackages(before.packages, after.packages)) this.#changed(question.document.uri);
    });
  }
}

function samePackages(a: readonly ProgramPackage[], b: readonly ProgramPackage[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ importPath, documents }, index) => importPath === b[index]!.importPath && sameItems(documents, b[index]!.documents))
  );
}

interface Node {
  readonly folder: string;
  readonly packageName: string;
  readonly documents: readonly GoDocument[];
  readonly imports: readonly string[];
}

/**
 * What the package in `folder` imports, directly or not, of the packages that are written in the workspace: their files for the target as
 * they are on disk, tests left out. `withTests`: what its own tests import too.
 */
export function importedDocuments(
  folder: string,
  look: Pick<Look, "disk" | "target" | "withTests">,
  installation: GoInstallation,
): readonly GoDocument[] {
  return new ProgramWalk(folder, { ...look, open: [], maximalAge: 0 }, installation).imported();
}

interface Look extends Pick<ProgramQuestion, "disk" | "open" | "target"> {
  /** For how many milliseconds files are believed to be as they were. */
  readonly maximalAge: number;
  /** What the tests of the package itself import counts too. */
  readonly withTests: boolean;
}

/** One look at the packages around `#folder`. */
class ProgramWalk {
  readonly #folder: string;
  readonly #target: BuildTarget;
  readonly #withTests: boolean;
  readonly #view: GoView;
  readonly #finder: PackageFinder;
  readonly #nodes = new Map<string, Node>();

  constructor(folder: string, { disk, open, target, maximalAge: age, withTests }: Look, installation: GoInstallation) {
    this.#folder = folder;
    this.#target = target;
    this.#withTests = withTests;
    this.#view = new GoView(disk, open, () => age);
    this.#finder = new PackageFinder(folder, this.#view, installation);
  }

  get folders(): readonly string[] {
    return [...this.#nodes.keys()];
  }

  packages(): ProgramPackage[] {
    const program = this.#closure(this.#folder);
    // A library is linked into every program of the module that reaches it.
    if (this.#node(this.#folder).packageName !== "main") {
      for (const main of this.#mains()) {
        const reached = this.#closure(main);
        if (reached.has(this.#folder)) for (const folder of reached) program.add(folder);
      }
    }
    program.delete(this.#folder);
    return [...program]
      .map((folder) => this.#node(folder))
      .map(({ folder, documents }) => ({
        importPath: this.#finder.importPathOf(folder),
        documents: documents.filter(({ text }) => text.includes("//go:wasm")),
      }))
      .filter(({ documents }) => documents.length > 0);
  }

  imported(): GoDocument[] {
    const reached = this.#closure(this.#folder);
    reached.delete(this.#folder);
    return [...reached].flatMap((folder) => this.#node(folder).documents);
  }

  /** `start` and every folder that its package imports, directly or not. */
  #closure(start: string): Set<string> {
    const reached = new Set([start]);
    for (const folder of reached) {
      if (reached.size > maximalFolders) break;
      for (const imported of this.#node(folder).imports) reached.add(imported);
    }
    return reached;
  }

  #node(folder: string): Node {
    let node = this.#nodes.get(folder);
    if (node === undefined) {
      node = this.#read(folder);
      this.#nodes.set(folder, node);
    }
    return node;
  }

  #read(folder: string): Node {
    const documents = this.#view
      .goDocuments(folder, this.#target, this.#withTests && folder === this.#folder)
      .filter(({ path, text }) => belongsToTarget(path, text, this.#target));
    const imports = new Set<string>();
    for (const document of documents) {
      for (const importPath of document.header.imports) {
        const found = this.#finder.findWritten(importPath);
        if (found !== undefined) imports.add(found.folder);
      }
    }
    const packageName = documents.map((document) => document.header.packageName).find((name) => name !== "") ?? "";
    return { folder, packageName, documents, imports: [...imports] };
  }

  /** Folders with main packages in the module and its workspace. */
  #mains(): string[] {
    const roots = new Set((this.#finder.modules?.mains ?? []).map((module) => module.folder));
    const folders = new Set(roots);
    for (const folder of folders) {
      if (folders.size > maximalFolders) break;
      for (const inside of this.#view.packageFolders(folder)) {
        // Another module's folder is looked at only where the workspace uses it.
        if (!roots.has(inside) && this.#view.readText(joinPath(inside, "go.mod")) !== undefined) continue;
        folders.add(inside);
      }
    }
    return [...folders].filter((folder) => this.#view.packageName(folder, this.#target) === "main");
  }
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
