// All commands, in the order in which help lists them.
import type { Command } from '../command.js';
import { auditCommand } from './audit.js';
import { backupCommand, vacuumCommand } from './backup.js';
import { changesCommand } from './changes.js';
import { codebookCommand } from './codebook.js';
import { compareCommand } from './compare.js';
import { completionCommand } from './completion.js';
import { configCommand } from './config.js';
import { copyCommand } from './copy.js';
import { crawlCommand } from './crawl.js';
import { dataCommand } from './data.js';
import { demoCommand } from './demo.js';
import { doctorCommand } from './doctor.js';
import { explainCommand } from './explain.js';
import { exportCommand } from './export.js';
import { extractCommand } from './extract.js';
import { findCommand } from './find.js';
import { importCommand } from './import.js';
import { initCommand } from './init.js';
import { inspectCommand } from './inspect.js';
import { mcpCommand } from './mcp.js';
import { practicesCommand } from './practices.js';
import { queueCommand } from './queue.js';
import { readCommand } from './read.js';
import { reextractCommand } from './reextract.js';
import { reportCommand } from './report.js';
import { retryCommand } from './retry.js';
import { reviewCommand } from './review.js';
import { runsCommand } from './runs.js';
import { scheduleCommand } from './schedule.js';
import { serveCommand } from './serve.js';
import { showCommand } from './show.js';
import { sourcesCommand } from './sources.js';
import { sqlCommand } from './sql.js';
import { termsCommand } from './terms.js';
import { workerCommand } from './worker.js';

export const commands: readonly Command[] = [
  demoCommand,
  crawlCommand,
  importCommand,
  compareCommand,
  practicesCommand,
  changesCommand,
  termsCommand,
  auditCommand,
  reviewCommand,
  showCommand,
  findCommand,
  exportCommand,
  reportCommand,
  serveCommand,
  mcpCommand,
  readCommand,
  extractCommand,
  explainCommand,
  inspectCommand,
  sourcesCommand,
  codebookCommand,
  sqlCommand,
  dataCommand,
  copyCommand,
  workerCommand,
  queueCommand,
  scheduleCommand,
  runsCommand,
  retryCommand,
  reextractCommand,
  backupCommand,
  vacuumCommand,
  initCommand,
  configCommand,
  doctorCommand,
  completionCommand(() => commands),
];
