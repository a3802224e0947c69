/** What the machine says about where Go keeps things: environment variables, and where the `go` command lies. */

export interface GoEnvironment {
  /** Folder of the toolchain, with `src` in it; undefined where there is none. */
  readonly root: string | undefined;
  /** GOMODCACHE; undefined where it is not known. */
  readonly moduleCache: string | undefined;
  /** GOWORK: "off", a file, or undefined for the nearest `go.work`. */
  readonly work: string | undefined;
  /** The value of `-mod` in GOFLAGS. */
  readonly mod: string | undefined;
  /** The build tags of `-tags` in GOFLAGS. */
  readonly tags: readonly string[];
}
