export interface VariableContainer {
  children(): Promise<unknown>;
}
