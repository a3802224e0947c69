import { stepRequest } from "./step.ts";

export const stepOut = stepRequest("stepOut", "stepOut");
