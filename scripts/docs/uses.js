// Who uses a permission: operations and events, told in as few words as possible.
const { byName } = require('./markdown.js');

const shortName = (displayName) => displayName.replace(/^Microsoft 365 /, '');

/** Every operation and event as one list; an event's `resource` is its group in the Event dropdown. */
function allUses({ nodes, events, eventResources, imapTrigger }) {
	return [
		...nodes.flatMap(({ displayName, resources }) =>
			resources.flatMap((resource) =>
				resource.operations.map(({ name, permissions }) => ({
					node: shortName(displayName),
					resource: resource.name,
					name,
					permissions,
				})),
			),
		),
		...events.map(({ name, permissions, resource }) => ({
			node: 'Triggers',
			resource: eventResources[resource],
			name,
			permissions,
		})),
		{
			node: shortName(imapTrigger.displayName),
			resource: 'Mail',
			name: 'Message Received',
			permissions: imapTrigger.permissions,
		},
	];
}

function grouped(entries, keyOf) {
	const groups = new Map();
	for (const entry of entries) {
		groups.set(keyOf(entry), [...(groups.get(keyOf(entry)) ?? []), entry]);
	}
	return groups;
}

/** One line a node; what is used of it completely is told by its name alone. */
function usesList(some, all) {
	const whole = grouped(all, ({ node }) => node);
	return [...grouped(some, ({ node }) => node)].map(([node, uses]) => {
		const ofNode = whole.get(node);
		if (uses.length === ofNode.length) return `- **${node}**: all`;
		return `- **${node}**: ${resourcesOf(uses, ofNode).join('; ')}`;
	});
}

function resourcesOf(uses, ofNode) {
	const whole = grouped(ofNode, ({ resource }) => resource);
	const used = [...grouped(uses, ({ resource }) => resource)].map(([name, of]) => ({ name, of }));
	return byName(used).map(({ name, of }) => `${name} (${whatOf(of, whole.get(name))})`);
}

/** Of a few that are missing, those are told. */
function whatOf(some, whole) {
	const rest = whole.filter((use) => !some.includes(use));
	if (rest.length === 0) return 'all';
	return rest.length <= 2 && rest.length < some.length ? `all but ${list(rest)}` : list(some);
}

const list = (uses) =>
	byName(uses)
		.map(({ name }) => name)
		.join(', ');

module.exports = { allUses, usesList };
