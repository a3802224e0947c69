/** The machine's own platform in Go's names, for what is checked as host code. */
const operatingSystems: Readonly<Record<string, string>> = { win32: "windows", sunos: "solaris" };
const architectures: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386", mipsel: "mipsle", ppc64: "ppc64le" };

export interface GoHost {
  readonly goos: string;
  readonly goarch: string;
}

/** `platform` and `arch` are Node's names. */
export function goHost(platform: string, arch: string): GoHost {
  return { goos: operatingSystems[platform] ?? platform, goarch: architectures[arch] ?? arch };
}
