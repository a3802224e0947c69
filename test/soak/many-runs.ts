import { configureGlobal } from "fast-check";

/** Generated cases of each property in a soak run, against fast-check's 100 of every day. Properties with a count of their own keep it. */
const runs = Number(process.env["SOAK_RUNS"] ?? 5000);

configureGlobal({ numRuns: runs });
