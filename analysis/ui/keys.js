<script>
/* The keys of the work desks. Enter on a button reached by Tab presses that button and confirms nothing; a click leaves
   no button in focus. A key that is held decides once: what comes next has not been read yet. Arrows go on. */
if (!window.tieoutKeys) {
    window.tieoutKeys = true
    const button = event => event.target.closest?.(".stMain button, .stMain a, .stMain summary, [role=dialog] button")
    const isTyping = event => event.composedPath()[0].matches?.("input, textarea, [contenteditable=true]")
    const isDeciding = event => event.key === "Enter" || /^[a-z0-9]$/i.test(event.key)
    window.addEventListener("keydown", event => {
        if (event.repeat && isDeciding(event) && (event.altKey || !isTyping(event))) {
            event.preventDefault()
            event.stopImmediatePropagation()
        } else if (event.key === "Enter" && button(event)) event.stopImmediatePropagation()
    }, true)
    window.addEventListener("click", event => { if (event.detail > 0) button(event)?.blur() })
}
</script>
