// The definitions that the generated pages are made of.

const isTrigger = (file) => file.startsWith('nodes/Trigger/');

/**
 * @param load requires a module by its path from the project's root, without its extension
 * @param nodeFiles package.json's `n8n.nodes`
 */
function readDefinitions(load, nodeFiles) {
	const files = nodeFiles.map((file) => file.replace(/^dist\//, '').replace(/\.js$/, ''));
	const described = files.map((file) => {
		const [NodeClass] = Object.values(load(file));
		return { file, ...new NodeClass().description };
	});
	const nodes = described
		.filter(({ file }) => !isTrigger(file))
		.map(({ file, displayName }) => ({
			displayName,
			resources: load(file.replace(/[^/]+$/, 'resources')).resources,
		}));
	const imapTrigger = described.find(({ name }) => name === 'microsoft365ImapTrigger');
	const { cloudFeatures } = load('core/availability');
	const { mailPermissions, mailPurposes, permissionPresets, requiredScopes, services } =
		load('core/scopes');
	const { missingPermissions, sharedForm, whoCanGrant } = load('core/permissions');
	const { troubleAreas, troubleshooting } = load('core/troubleshooting');
	return {
		displayNames: new Map(described.map(({ name, displayName }) => [name, displayName])),
		nodes,
		events: load('nodes/Trigger/events').events,
		eventResources: load('nodes/Trigger/shared/eventProperties').resourceNames,
		imapTrigger: { ...imapTrigger, permissions: mailPermissions.imap },
		cloudFeatures,
		mailPurposes,
		permissionPresets,
		requiredScopes,
		services,
		missingPermissions,
		sharedForm,
		whoCanGrant,
		troubleAreas,
		troubleshooting,
	};
}

module.exports = { readDefinitions };
