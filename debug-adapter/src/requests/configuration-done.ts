import { programOf, request } from "./request.ts";

export const configurationDone = request<object, undefined>("configurationDone", (state) => {
  programOf(state).release();
  return undefined;
});
