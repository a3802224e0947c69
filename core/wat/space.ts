/** Index spaces in which a name or index can be looked up. */
export const Space = { type: 0, func: 1, table: 2, memory: 3, global: 4, tag: 5, elem: 6, data: 7, structField: 8 } as const;
export type Space = (typeof Space)[keyof typeof Space];
