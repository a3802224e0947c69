import { stepRequest } from "./step.ts";

export const next = stepRequest("next", "next");
