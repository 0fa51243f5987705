import type { SandboxUser } from '../../directory';

export function defaultSettings(owner: SandboxUser): Record<string, unknown> {
	return {
		archiveFolder: null,
		timeZone: 'UTC',
		delegateMeetingMessageDeliveryOptions: 'sendToDelegateOnly',
		dateFormat: 'M/d/yyyy',
		timeFormat: 'h:mm tt',
		userPurpose: owner.isSharedMailbox ? 'shared' : 'user',
		automaticRepliesSetting: {
			status: 'disabled',
			externalAudience: 'all',
			internalReplyMessage: '',
			externalReplyMessage: '',
			scheduledStartDateTime: { dateTime: '2026-01-01T08:00:00.0000000', timeZone: 'UTC' },
			scheduledEndDateTime: { dateTime: '2026-01-02T08:00:00.0000000', timeZone: 'UTC' },
		},
		language: { locale: 'en-US', displayName: 'English (United States)' },
		workingHours: {
			daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
			startTime: '08:00:00.0000000',
			endTime: '17:00:00.0000000',
			timeZone: { name: 'UTC' },
		},
	};
}
