// How a study is run by machines: the systemd unit and the container file that `schedule` prints.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { packageRoot, packageVersion } from '../model/package-root.js';

/** Where a program of a study lies: told to systemd, which looks at no PATH. */
export interface Place {
  node: string;
  program: string;
  /** The folder of the study. */
  folder: string;
  user: string;
}

/** Marks of systemd in a path (systemd.unit(5), systemd.service(5)). */
const escaped = (path: string): string =>
  `"${path.replace(/[\\"]/g, '\\$&').replace(/%/g, '%%').replace(/\$/g, '$$$$')}"`;

/** The pages about operation, in the installed package (`Documentation=` takes file: addresses, systemd.unit(5)). */
const documentation = pathToFileURL(join(packageRoot, 'src/docs/deploy.md')).href.replace(/%/g, '%%');

/** A unit of systemd that crawls what is due, for as long as the machine is up. */
export const systemdUnit = ({
  node,
  program,
  folder,
  user,
}: Place): string => `# Crawls the study in ${folder} when its sources are due.
#   xianjian schedule --systemd | sudo tee /etc/systemd/system/xianjian.service
#   sudo systemctl daemon-reload && sudo systemctl enable --now xianjian
#   journalctl -u xianjian -f
[Unit]
Description=xianjian: crawls of due sources
Documentation=${documentation}
Wants=network-online.target
After=network-online.target time-sync.target

[Service]
Type=simple
User=${user}
WorkingDirectory=${folder.replace(/%/g, '%%')}
ExecStart=${escaped(node)} ${escaped(program)} schedule --log json
# SIGTERM: the page in hand is finished; what is left goes on at the next start.
KillMode=mixed
TimeoutStopSec=120
Restart=on-failure
RestartSec=60
# 2: a setting is wrong, and no restart mends it.
RestartPreventExitStatus=2
NoNewPrivileges=true
PrivateTmp=true
ProtectSystem=full

[Install]
WantedBy=multi-user.target
`;

/** What `npm pack` calls the package. */
const tarball = `xianjian-${packageVersion}.tgz`;

/** A container file for podman and docker; the study is the volume /study. */
export const containerFile =
  (): string => `# ${tarball} is made by \`npm pack\` in the folder of xianjian; lay it beside this file. The study is mounted at /study:
#   xianjian schedule --container > Containerfile
#   podman build -t xianjian . && podman run -d --name xianjian --userns=keep-id -v "$PWD":/study:Z xianjian
# Another command: podman run --rm --userns=keep-id -v "$PWD":/study:Z xianjian compare
# The pages:       podman run --rm --userns=keep-id -v "$PWD":/study:Z -p 127.0.0.1:4170:4170 xianjian serve --host 0.0.0.0
# With docker in place of podman: --user "$(id -u):$(id -g)" in place of --userns=keep-id. Files of the study stay yours with either.
FROM docker.io/library/node:20-bookworm-slim
# A browser for lists that a script draws; tini passes signals on; the others build native parts where none can be had, by the
# headers of Node that the image holds.
RUN apt-get update \\
 && apt-get install -y --no-install-recommends chromium tini fonts-noto-cjk python3 make g++ \\
 && rm -rf /var/lib/apt/lists/*
COPY ${tarball} /opt/
RUN npm_config_yes=true npm_config_nodedir=/usr/local npm install --global /opt/${tarball} && npm cache clean --force
# A home that any user can write to.
ENV XIANJIAN_CHROMIUM=/usr/bin/chromium NODE_ENV=production HOME=/tmp
USER node
WORKDIR /study
VOLUME /study
STOPSIGNAL SIGTERM
ENTRYPOINT ["tini", "--", "xianjian"]
CMD ["schedule", "--log", "json"]
`;
