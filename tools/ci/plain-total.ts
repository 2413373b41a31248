import type { Reporter, TestModule } from 'vitest/node';

/**
 * A Vitest reporter that ends with one plain line, `N passed, N failed`, as the container test does:
 * what adds the two up needs to know one form. A file that cannot be run counts as one failure.
 */
export default class PlainTotal implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === 'passed').length;
    const failedTests = tests.filter((test) => test.result().state === 'failed').length;
    const brokenFiles = modules.filter((module) => module.errors().length > 0).length;
    const failed = failedTests + brokenFiles + errors.length;
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  }
}
