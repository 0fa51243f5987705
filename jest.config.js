/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// The default leaves one core idle, which on two cores is half of the machine.
	maxWorkers: '100%',
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	// The long ones, against real mail servers or with thousands of items: npm run test:long.
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/', '\\.long\\.test\\.ts$'],
	modulePathIgnorePatterns: ['<rootDir>/.cache/', '<rootDir>/.sandbox/', '<rootDir>/dist/'],
	transform: {
		'^.+\\.ts$': [
			'@swc/jest',
			{ jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } },
		],
	},
};
