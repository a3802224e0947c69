import { stepRequest } from "./step.ts";

export const stepIn = stepRequest("stepIn", "stepIn");
