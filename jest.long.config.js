const common = require('./jest.config');

/** @type {import('jest').Config} */
module.exports = {
	...common,
	testMatch: ['<rootDir>/test/**/*.long.test.ts'],
	testPathIgnorePatterns: ['/node_modules/'],
};
