import { type CloudFeature, cloudFeatures } from '../../core/availability';
import type { CloudProfile } from '../../core/clouds';
import { type SandboxCloud, hasMetadata, metadataFolder } from '../../sandbox/graph/surface/load';
import {
	type Surface,
	type SurfaceRequest,
	loadSurface,
} from '../../sandbox/graph/surface/surface';

/** A cloud for each metadata that Microsoft publishes. */
const clouds = {
	Prod: 'global',
	Fairfax: 'usGovL4',
	Mooncake: 'china',
} as const satisfies Record<CloudProfile['metadata'], SandboxCloud>;

/** A request that needs the feature and nothing else that a cloud may lack. */
const probes: Readonly<Record<CloudFeature, SurfaceRequest>> = {
	'attachment.createUploadSession': {
		method: 'POST',
		url: '/v1.0/me/messages/AAMk/attachments/createUploadSession',
		body: { AttachmentItem: { attachmentType: 'file', name: 'a', size: 4_000_000 } },
	},
	'event.forward': {
		method: 'POST',
		url: '/v1.0/me/events/AAMk/forward',
		body: { ToRecipients: [{ emailAddress: { address: 'ana@contoso.example' } }] },
	},
	'event.proposeNewTime': {
		method: 'POST',
		url: '/v1.0/me/events/AAMk/decline',
		body: {
			sendResponse: true,
			proposedNewTime: {
				start: { dateTime: '2026-03-31T08:00:00', timeZone: 'UTC' },
				end: { dateTime: '2026-03-31T09:00:00', timeZone: 'UTC' },
			},
		},
	},
	'mailFolder.isHidden': {
		method: 'POST',
		url: '/v1.0/me/mailFolders',
		body: { displayName: 'State', isHidden: true },
	},
	'message.delta': { method: 'GET', url: '/v1.0/me/mailFolders/inbox/messages/delta' },
	'message.flag': {
		method: 'PATCH',
		url: '/v1.0/me/messages/AAMk',
		body: { flag: { flagStatus: 'flagged' } },
	},
	'message.internetMessageHeaders': {
		method: 'GET',
		url: '/v1.0/me/messages/AAMk?$select=internetMessageHeaders',
	},
	'message.permanentDelete': {
		method: 'POST',
		url: '/v1.0/me/messages/AAMk/permanentDelete',
	},
	messageRule: { method: 'GET', url: '/v1.0/me/mailFolders/inbox/messageRules' },
	outlookCategory: { method: 'GET', url: '/v1.0/me/outlook/masterCategories' },
	'user.findMeetingTimes': { method: 'POST', url: '/v1.0/me/findMeetingTimes', body: {} },
};

const names = Object.keys(clouds) as Array<CloudProfile['metadata']>;
const missing = names.filter((name) => !hasMetadata(clouds[name]));

if (missing.length > 0) {
	process.stderr.write(
		`\nSKIPPED: core/availability is not held against Microsoft's metadata; ${metadataFolder()} lacks ` +
			`${missing.map((name) => `v1.0-${name}.csdl.gz`).join(', ')}\n\n`,
	);
}

it('has a probe for every feature, and no other', () => {
	expect(Object.keys(probes).sort()).toEqual(Object.keys(cloudFeatures).sort());
});

(missing.length > 0 ? describe.skip : describe).each(Object.entries(probes))(
	'%s',
	(feature, probe) => {
		it.each(names)('%s has it unless the row says otherwise', (name) => {
			const surface: Surface = loadSurface(clouds[name]);
			expect(surface.model.source).toBe('csdl');
			const { lackedBy } = cloudFeatures[feature as CloudFeature];
			expect(surface.check(probe).ok).toBe(!lackedBy.includes(name));
		});
	},
);
