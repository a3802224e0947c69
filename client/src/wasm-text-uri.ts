/** The scheme of documents that show a binary module as text. Their path ends in `.wat`, so that the editor knows the language. */
export const wasmTextScheme = "go-wasm-text";
