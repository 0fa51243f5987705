import type { Access } from '../server/call';

/** Permissions of calendars, from Microsoft Graph's permissions reference. */
export const calendarRead: Access = {
	delegated: ['Calendars.Read', 'Calendars.ReadWrite'],
	shared: ['Calendars.Read.Shared', 'Calendars.ReadWrite.Shared'],
	application: ['Calendars.Read', 'Calendars.ReadWrite'],
};

export const calendarReadBasic: Access = {
	delegated: ['Calendars.ReadBasic', ...calendarRead.delegated],
	shared: calendarRead.shared ?? [],
	application: ['Calendars.ReadBasic', 'Calendars.ReadBasic.All', ...calendarRead.application],
};

export const calendarWrite: Access = {
	delegated: ['Calendars.ReadWrite'],
	shared: ['Calendars.ReadWrite.Shared'],
	application: ['Calendars.ReadWrite'],
};

/** Microsoft offers it to signed-in people only. */
export const meetingTimes: Access = {
	delegated: ['Calendars.Read.Shared', 'Calendars.ReadWrite.Shared'],
	shared: ['Calendars.Read.Shared', 'Calendars.ReadWrite.Shared'],
	application: [],
};

export const groupRead: Access = {
	delegated: ['Group.Read.All', 'Group.ReadWrite.All'],
	shared: ['Group.Read.All', 'Group.ReadWrite.All'],
	application: [],
};

export const groupWrite: Access = {
	delegated: ['Group.ReadWrite.All'],
	shared: ['Group.ReadWrite.All'],
	application: [],
};

export const placesRead: Access = {
	delegated: ['Place.Read.All', 'Place.ReadWrite.All'],
	shared: ['Place.Read.All', 'Place.ReadWrite.All'],
	application: ['Place.Read.All', 'Place.ReadWrite.All'],
};
