export * from './access.ts';
export * from './common.ts';
export * from './health.ts';
export * from './lifecycle.ts';
export * from './logs.ts';
export * from './problem-details.ts';
export * from './settings.ts';
