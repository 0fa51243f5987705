import { type Field, showWhen } from '../field';
import { choice, text } from '../fields/values';
import { locator } from '../pickers/locator';
import { libraryModes, siteModes } from './siteModes';
import { channelModes, driveModes, groupModes, teamModes } from './teamModes';

export type LocationKind = 'myDrive' | 'user' | 'site' | 'channel' | 'group' | 'drive';

const kinds: ReadonlyArray<{ name: string; value: LocationKind; description: string }> = [
	{ name: 'My OneDrive', value: 'myDrive', description: "The signed-in person's own files" },
	{ name: "A User's OneDrive", value: 'user', description: 'Files of a person, by address or ID' },
	{ name: 'SharePoint Library', value: 'site', description: 'A document library of a site' },
	{ name: 'Teams Channel', value: 'channel', description: "A channel's Files tab" },
	{ name: 'Microsoft 365 Group', value: 'group', description: "A group's document library" },
	{ name: 'Drive by ID', value: 'drive', description: 'Any drive or library whose ID is known' },
];

/** What the fields of one location are called: those of a destination begin with `to`. */
export type LocationRole = 'source' | 'destination';

const sourceNames = {
	location: 'location',
	user: 'user',
	site: 'site',
	library: 'library',
	team: 'team',
	channel: 'channel',
	group: 'group',
	drive: 'drive',
} as const;

const destinationNames = {
	location: 'toLocation',
	user: 'toUser',
	site: 'toSite',
	library: 'toLibrary',
	team: 'toTeam',
	channel: 'toChannel',
	group: 'toGroup',
	drive: 'toDrive',
} as const;

export const locationNames = { source: sourceNames, destination: destinationNames } as const;

type NameOf<Role extends LocationRole> = (typeof locationNames)[Role][keyof typeof sourceNames];

/** Where a file or folder is. The fields stand before the item's, which reads them. */
export const locationFields: ReadonlyArray<Field<NameOf<'source'>>> = fieldsOf('source', [
	choice('location', {
		displayName: 'Location',
		options: kinds,
		default: 'myDrive',
		description: 'Where the file or folder is',
	}),
]);

/** Where something goes, if not where it comes from. */
export const destinationFields: ReadonlyArray<Field<NameOf<'destination'>>> = fieldsOf(
	'destination',
	[
		choice('toLocation', {
			displayName: 'Destination Location',
			options: [
				{
					name: 'Same as Above',
					value: 'same',
					description: 'Another folder of the drive or library that it is in',
				},
				...kinds,
			],
			default: 'same',
			description: 'Where the destination folder is',
		}),
	],
);

function fieldsOf<Role extends LocationRole>(
	role: Role,
	first: ReadonlyArray<Field<NameOf<Role>>>,
): ReadonlyArray<Field<NameOf<Role>>> {
	const names = locationNames[role];
	const label = (text: string) => (role === 'source' ? text : `Destination ${text}`);
	// The list searches have to know which of an operation's locations they are for.
	const method = (name: string) =>
		role === 'source' ? `search${name}` : `searchDestination${name}`;
	const onlyFor = (field: Field, kind: LocationKind): Field =>
		showWhen(field, { [names.location]: [kind] });
	const others: Field[] = [
		onlyFor(
			text(names.user, {
				displayName: label('User'),
				required: true,
				placeholder: 'e.g. ana@contoso.com',
				description: 'The address or ID of the person whose OneDrive it is',
			}),
			'user',
		),
		onlyFor(
			locator(names.site, { displayName: label('Site'), ...siteModes(method('Sites')) }),
			'site',
		),
		onlyFor(
			locator(names.library, {
				displayName: label('Library'),
				...libraryModes(method('Libraries'), names.site),
			}),
			'site',
		),
		onlyFor(
			locator(names.team, { displayName: label('Team'), ...teamModes(method('Teams')) }),
			'channel',
		),
		onlyFor(
			locator(names.channel, {
				displayName: label('Channel'),
				...channelModes(method('Channels')),
			}),
			'channel',
		),
		onlyFor(
			locator(names.group, { displayName: label('Group'), ...groupModes(method('Groups')) }),
			'group',
		),
		onlyFor(
			locator(names.drive, { displayName: label('Drive'), ...driveModes(method('Drives')) }),
			'drive',
		),
	];
	return [...first, ...others] as ReadonlyArray<Field<NameOf<Role>>>;
}
