"""Flows: versioned definitions run by a small interpreter, with to-dos, papers and limits.

The room knows nothing of households or cases; a run points at a ``core.Subject``. An upper room brings a
YAML file and the functions that it names::

    register_room(FlowRoom(code, path, page=…, checks={…}, policies={…}, actions={…}))   # registry
    start_flow(by=, at=, code=, subject=, place=, discovered_on=, label=)                # actions.running
    requirements_of(run, on), transitions_of(run, user, on)                              # policies
    take_transition(by=, at=, run=, transition=, version=, note=, data=, on=)            # actions.running
    take_many(by=, at=, runs=, transition=, note=, data=, on=)                           # actions.running
    attach_step_paper(…), pause_flow(…), resume_flow(…)                        # actions.papers, .pausing
    history_of(run), due_of(run, on)                                                     # queries, limits
    process_bar(run, user, on), step_panel(run, user, on)                                # showing

Vocabulary of a definition (``definition.model``): a flow has states, a state has an owner, a limit,
requirements and transitions. YAML names, code decides: there are no expressions.
"""
