// docs/examples.md: the workflows of examples/, by what their notes say.
const { byName, madeBy, page, table } = require('./markdown.js');

function examplesPage(examples, { displayNames }) {
	const rows = byName(
		Object.entries(examples).map(([file, { name, nodes }]) => ({ file, name, nodes })),
	).map(({ file, name, nodes }) => [
		`[${name}](../examples/${file})`,
		gistOf(nodes),
		ownNodes(nodes, displayNames).join(', '),
	]);
	return page([
		'# Examples',
		'',
		madeBy("the workflows' own notes"),
		'',
		'To import one: in n8n, open a new workflow, choose _Import from File_ in its menu, and take the file. Notes beside the',
		'nodes say what to set before the first run.',
		'',
		...table(['Example', 'What it does', 'Nodes'], rows),
	]);
}

/** The first paragraph under the title of the workflow's note. */
function gistOf(nodes) {
	const note = nodes.find(
		({ type, parameters }) =>
			type === 'n8n-nodes-base.stickyNote' && /^## /.test(parameters.content),
	);
	const [, gist = ''] = (note?.parameters.content ?? '').split('\n').filter((line) => line !== '');
	return gist.replace(/:$/, '.');
}

const ownNodes = (nodes, displayNames) => [
	...new Set(nodes.flatMap(({ type }) => displayNames.get(type.split('.')[1]) ?? [])),
];

module.exports = { examplesPage };
