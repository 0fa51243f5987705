// The pages of docs/ that are made from the package's definitions.
const { readDefinitions } = require('./definitions.js');
const { examplesPage } = require('./examplesPage.js');
const { operationsPage } = require('./operationsPage.js');
const { permissionsPage } = require('./permissionsPage.js');
const { troubleshootingPage } = require('./troubleshootingPage.js');

/** @returns Markdown by file name */
function docsPages(load, nodeFiles, examples) {
	const definitions = readDefinitions(load, nodeFiles);
	return {
		'examples.md': examplesPage(examples, definitions),
		'operations.md': operationsPage(definitions),
		'permissions.md': permissionsPage(definitions),
		'troubleshooting.md': troubleshootingPage(definitions),
	};
}

module.exports = { docsPages };
