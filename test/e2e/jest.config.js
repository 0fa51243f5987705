const base = require('../../jest.config.js');

/** One sandbox for the whole suite, so one file after another. @type {import('jest').Config} */
module.exports = {
	...base,
	testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
	globalSetup: '<rootDir>/test/e2e/support/startSandbox.ts',
	globalTeardown: '<rootDir>/test/e2e/support/stopSandbox.ts',
	maxWorkers: 1,
	testSequencer: '<rootDir>/test/e2e/support/alphabetically.js',
	testTimeout: 120_000,
};
