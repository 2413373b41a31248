export const runnerKinds = ['docker', 'process', 'memory'] as const;
export type RunnerKind = (typeof runnerKinds)[number];
