/** Special-use names as Exchange has them in an English mailbox. */
export const exchangeFolders = [
	{ name: 'Archive', specialUse: '\\Archive' },
	{ name: 'Deleted Items', specialUse: '\\Trash' },
	{ name: 'Drafts', specialUse: '\\Drafts' },
	{ name: 'Junk Email', specialUse: '\\Junk' },
	{ name: 'Outbox', specialUse: undefined },
	{ name: 'Sent Items', specialUse: '\\Sent' },
] as const;

export interface DovecotSettings {
	/** Everything that Dovecot writes; short, as the path of a socket has to fit 108 bytes. */
	readonly folder: string;
	readonly port: number;
	/** Whom it runs as. */
	readonly account: Account;
	readonly oauth2File: string;
	/** See `ImapOptions`. */
	readonly password?: string | undefined;
}

export interface Account {
	readonly user: string;
	readonly group: string;
}

/** Configuration of Dovecot 2.3, run in the foreground by one unprivileged account. */
export function dovecotConfig(settings: DovecotSettings): string {
	const { folder, port, account, oauth2File, password } = settings;
	return `
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
instance_name = m365-${port}
shutdown_clients = yes

default_internal_user = ${account.user}
default_internal_group = ${account.group}
default_login_user = ${account.user}
mail_uid = ${account.user}
mail_gid = ${account.group}
first_valid_uid = 1
first_valid_gid = 1

# TLS ends before it, on the same machine.
ssl = no
login_trusted_networks = 127.0.0.0/8

auth_mechanisms = xoauth2 oauthbearer${password === undefined ? '' : ' plain login'}
auth_failure_delay = 0
mail_max_userip_connections = 60
login_greeting = The Microsoft Exchange IMAP4 service is ready. (sandbox)

passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${oauth2File}
}
${password === undefined ? '' : passwordLookup(password)}userdb {
  driver = prefetch
}
userdb {
  driver = static
  args = home=${folder}/mail/%Lu allow_all_users=yes
}

mail_location = maildir:~/Maildir:LAYOUT=fs:INBOX=~/Maildir/INBOX
maildir_very_dirty_syncs = no
namespace inbox {
  inbox = yes
  separator = /
${exchangeFolders
	.map(
		({ name, specialUse }) => `  mailbox "${name}" {
    auto = subscribe
${specialUse === undefined ? '' : `    special_use = ${specialUse}\n`}  }`,
	)
	.join('\n')}
}

service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
}
`;
}

function passwordLookup(password: string): string {
	return `passdb {
  driver = static
  mechanisms = plain login
  args = password=${password}
}
`;
}

/** How Dovecot asks the sandbox's login what a token is worth. */
export function oauth2Config(settings: {
	readonly folder: string;
	readonly introspectionUrl: string;
	readonly caFile: string;
}): string {
	const { folder, introspectionUrl, caFile } = settings;
	return `
introspection_url = ${introspectionUrl}
introspection_mode = post
force_introspection = yes
active_attribute = active
active_value = true
username_attribute = username
# Alike for whoever signed in and the mailbox asked for: who may open which is settled after the sign-in, as in Exchange.
username_format = any
tls_ca_cert_file = ${caFile}
pass_attrs = userdb_home=${folder}/mail/%Lu
`;
}
