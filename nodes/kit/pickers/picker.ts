import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import type { TokenProvider } from '../../../core/auth/TokenProvider';
import type { GraphPath } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';
import { connect } from '../connect';
import { toNodeError } from '../errors';
import { ParameterError } from '../field';
import { mailboxRoot } from '../fields/mailbox';
import { asText } from '../fields/rawValues';

export interface PickerInput {
	readonly graph: GraphClient;
	/** The mailbox that the form has chosen. */
	readonly mailbox: GraphPath;
	/** What the user typed; empty for none. */
	readonly typed: string;
	/** Answered by the picker with its last page, when the user scrolls on. */
	readonly paginationToken?: string;
	readonly timezone: string;
	readonly identity: TokenProvider['kind'];
	/** The raw value of another parameter of the form. */
	readonly parameter: (name: string) => unknown;
}

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
) => Promise<INodeListSearchResult>;

/** A list search of a mailbox: on the form's credential and mailbox, with errors that n8n shows in the list. */
export function mailboxPicker(
	pick: (input: PickerInput) => Promise<INodeListSearchResult>,
): ListSearch {
	return async function (this, filter, paginationToken) {
		try {
			const { graph, identity } = await connect(this);
			const mailbox = asText(this.getCurrentNodeParameter('mailbox'), 'Mailbox');
			if (mailbox.startsWith('=')) {
				throw new ParameterError(
					'Mailbox',
					'is an expression without a value yet',
					'Run the previous node first, or name what you look for by ID.',
				);
			}
			return await pick({
				graph,
				mailbox: mailboxRoot(mailbox, identity),
				typed: filter?.trim() ?? '',
				timezone: this.getTimezone(),
				identity,
				parameter: (name) => this.getCurrentNodeParameter(name),
				...(typeof paginationToken === 'string' && { paginationToken }),
			});
		} catch (error) {
			throw toNodeError(error, { node: this.getNode() });
		}
	};
}
