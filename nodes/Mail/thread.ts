import type { Message } from '@microsoft/microsoft-graph-types';
import { textLiteral } from '../../core/graph/literal';
import { type GraphPath, path } from '../../core/graph/path';
import type { GraphClient } from '../../core/graph/types';
import { listMessages } from './messageList';

interface ThreadOptions {
	readonly mailbox: GraphPath;
	readonly conversationId: string;
	readonly select: string;
	/** `unique`: without the quoted messages. */
	readonly body: 'none' | 'unique' | 'whole';
	readonly bodyType: 'html' | 'text';
	readonly includeDrafts: boolean;
}

/** All messages of a conversation, from every folder, the oldest first. */
export async function readThread(graph: GraphClient, options: ThreadOptions): Promise<Message[]> {
	const { mailbox, conversationId, select, body, bodyType, includeDrafts } = options;
	const pages = listMessages(graph, mailbox, {
		folder: undefined,
		query: {
			// Sorted here: with an order Exchange calls this filter too complex.
			$filter: `conversationId eq ${textLiteral(conversationId)}`,
			$select: body === 'unique' ? select.replace(/\bbody\b/, 'uniqueBody') : select,
		},
		withBody: body !== 'none',
		bodyType,
		limit: undefined,
	});
	const messages: Message[] = [];
	for await (const page of pages) {
		messages.push(...page.filter(({ isDraft }) => includeDrafts || isDraft !== true));
	}
	return messages.sort((a, b) => timeOf(a) - timeOf(b));
}

export async function conversationOf(
	graph: GraphClient,
	mailbox: GraphPath,
	messageId: string,
): Promise<string> {
	const { conversationId } = await graph.request<Message>({
		method: 'GET',
		path: path`${mailbox}/messages/${messageId}`,
		query: { $select: 'conversationId' },
	});
	return conversationId ?? '';
}

const timeOf = ({ receivedDateTime, sentDateTime }: Message): number =>
	Date.parse(sentDateTime ?? receivedDateTime ?? '');

/** The message with what it adds to its conversation as its body. */
export function withoutQuotes({ uniqueBody, ...message }: Message): Message {
	return uniqueBody ? { ...message, body: uniqueBody } : message;
}
