<script>
/* The keys of the work desks. Enter on a button reached by Tab presses that button and confirms nothing; a click leaves
   no button in focus. A key decides only about a page that stands: held, pressed while the page is being drawn anew, or
   typed before the open dialog's field has the focus, it falls on nothing. Arrows go on. */
if (!window.tieoutKeys) {
    window.tieoutKeys = true
    const button = event => event.target.closest?.(".stMain button, .stMain a, .stMain summary, [role=dialog] button")
    const isTyping = event => event.composedPath()[0].matches?.("input, textarea, [contenteditable=true]")
    const isDeciding = event => {
        if (event.ctrlKey || event.metaKey) return false
        return event.key === "Enter" || (event.altKey ? /^[a-z0-9]$/i : /^[a-z]$/i).test(event.key)
    }
    const isDrawing = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState !== "notRunning"
    const isAsking = event => document.querySelector("[role=dialog]") && !button(event)
    const isUnseen = event => event.repeat || (!event.altKey && (isDrawing() || isAsking(event)))
    window.addEventListener("keydown", event => {
        if (isDeciding(event) && (event.altKey || !isTyping(event)) && isUnseen(event)) {
            event.preventDefault()
            event.stopImmediatePropagation()
        } else if (event.key === "Enter" && button(event)) event.stopImmediatePropagation()
    }, true)
    window.addEventListener("click", event => { if (event.detail > 0) button(event)?.blur() })
}
</script>
