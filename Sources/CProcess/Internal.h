// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "CProcess.h"

/// Undoes every handler and mask that this process was given.
void cprocess_use_the_usual_signals(void);

/// Forks the process that becomes the program, and that writes its number and an error, if there
/// is one, to `report`, which is closed here before the program does anything. Returns the number
/// of the process, or -1 with errno.
pid_t cprocess_fork(const struct cprocess_program *program, int report);
