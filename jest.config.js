/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// The default leaves one core idle, which on two cores is half of the machine.
	maxWorkers: '100%',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/'],
	modulePathIgnorePatterns: ['<rootDir>/.cache/', '<rootDir>/.sandbox/', '<rootDir>/dist/'],
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
};
