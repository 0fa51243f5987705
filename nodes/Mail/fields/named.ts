import type { GraphPath } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';
import { type Field, Lookup } from '../../kit/field';
import { locator } from '../../kit/pickers/locator';
import { oncePerClient } from '../../kit/pickers/oncePerClient';

interface NamedOptions {
	readonly displayName: string;
	readonly searchListMethod: string;
	readonly placeholder: string;
	/** What an id looks like; any other bare text is a name. */
	readonly idPattern: RegExp;
	readonly find: (
		graph: GraphClient,
		mailbox: GraphPath,
		name: string,
		label: string,
	) => Promise<string>;
}

/** A thing of a mailbox that people know by its name. Stands after `mailbox`. */
export function named<const Name extends string>(
	name: Name,
	options: NamedOptions,
): Field<Name, string> {
	const { displayName, searchListMethod, placeholder, idPattern, find } = options;
	return locator(name, {
		displayName,
		modeOf: (value) => (idPattern.test(value) ? 'id' : 'name'),
		modes: [
			{
				name: 'list',
				form: {
					displayName: 'From List',
					type: 'list',
					typeOptions: { searchListMethod, searchable: true },
				},
				read: (value) => value,
			},
			{
				name: 'name',
				form: { displayName: 'By Name', type: 'string', placeholder },
				read: (value, { params }) => {
					const mailbox = params['mailbox'] as GraphPath;
					return new Lookup(
						async (graph) =>
							await oncePerClient(
								graph,
								`${name} ${String(mailbox)} ${value.toLowerCase()}`,
								async () => await find(graph, mailbox, value, displayName),
							),
					);
				},
			},
			{
				name: 'id',
				form: { displayName: 'By ID', type: 'string', placeholder: 'e.g. {{ $json.id }}' },
				read: (value) => value,
			},
		],
	});
}
